package org.dunlin.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.SimpleTransactionStatus;

class CustomerBatchesTest {

    private static final List<Long> TEN = LongStream.rangeClosed(1, 10).boxed().toList();

    private final AtomicInteger commits = new AtomicInteger();
    private final AtomicInteger rollbacks = new AtomicInteger();
    private final CustomerBatches batches = new CustomerBatches(new PlatformTransactionManager() {
        @Override
        public TransactionStatus getTransaction(TransactionDefinition definition) {
            assertThat(definition.getPropagationBehavior()).isEqualTo(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
            return new SimpleTransactionStatus();
        }

        @Override
        public void commit(TransactionStatus status) {
            commits.incrementAndGet();
        }

        @Override
        public void rollback(TransactionStatus status) {
            rollbacks.incrementAndGet();
        }
    });

    @Test
    void everybody_is_in_one_batch_each_is_committed_by_itself_and_the_caller_hears_of_it_afterwards() {
        Set<Long> seen = new ConcurrentSkipListSet<>();
        List<Integer> sizes = new ArrayList<>();
        Thread caller = Thread.currentThread();

        batches.each(
                TEN,
                3,
                batch -> {
                    seen.addAll(batch);
                    return batch.size();
                },
                size -> {
                    assertThat(Thread.currentThread()).isSameAs(caller);
                    sizes.add(size);
                    assertThat(commits.get()).isGreaterThanOrEqualTo(sizes.size());
                });

        assertThat(seen).containsExactlyElementsOf(TEN);
        assertThat(sizes).containsExactlyInAnyOrder(3, 3, 3, 1);
        assertThat(commits.get()).isEqualTo(4);
    }

    @Test
    void when_a_batch_fails_what_was_committed_stays_and_no_further_one_begins() {
        List<Long> many = LongStream.rangeClosed(1, 1_000).boxed().toList();
        Set<Long> seen = new ConcurrentSkipListSet<>();

        assertThatThrownBy(() -> batches.each(
                        many,
                        1,
                        batch -> {
                            if (batch.contains(3L)) {
                                throw new IllegalArgumentException("poison");
                            }
                            seen.addAll(batch);
                            pause();
                            return 1;
                        },
                        done -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poison");

        assertThat(rollbacks.get()).isEqualTo(1);
        assertThat(commits.get()).isEqualTo(seen.size());
        assertThat(seen).contains(1L, 2L).hasSizeLessThan(many.size());
    }

    /** As the database would. */
    private static void pause() {
        java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }

    @Test
    void nobody_to_work_on_is_no_work() {
        batches.each(List.<Long>of(), 3, List::size, size -> assertThat(size).isZero());

        assertThat(commits.get()).isZero();
    }
}
