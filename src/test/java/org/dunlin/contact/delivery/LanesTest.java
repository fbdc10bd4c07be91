package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LanesTest {

    private final Lanes lanes = new Lanes(new Lanes.Properties(2));

    private record Message(long customer, String text) {}

    @AfterEach
    void close() {
        lanes.close();
    }

    @Test
    void messages_to_different_customers_go_out_at_the_same_time() {
        CyclicBarrier both = new CyclicBarrier(2);

        List<String> sent = lanes.run(
                List.of(new Message(1, "to the first"), new Message(2, "to the second")), Message::customer, lane -> {
                    await(both);
                    return lane.stream().map(Message::text).toList();
                });

        assertThat(sent).containsExactlyInAnyOrder("to the first", "to the second");
    }

    @Test
    void messages_to_one_customer_go_out_one_after_the_other_in_their_order() {
        List<List<Message>> seen = lanes.run(
                List.of(new Message(7, "higher"), new Message(8, "else"), new Message(7, "lower")),
                Message::customer,
                lane -> List.of(List.copyOf(lane)));

        assertThat(seen)
                .containsExactlyInAnyOrder(
                        List.of(new Message(7, "higher"), new Message(7, "lower")), List.of(new Message(8, "else")));
    }

    @Test
    void a_single_customer_needs_no_second_thread() {
        Thread caller = Thread.currentThread();

        assertThat(lanes.run(
                        List.of(new Message(3, "alone")), Message::customer, lane -> List.of(Thread.currentThread())))
                .containsExactly(caller);
    }

    @Test
    void when_one_lane_fails_the_other_has_ended_before_anybody_hears_of_it() {
        CountDownLatch failed = new CountDownLatch(1);
        ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();

        assertThatThrownBy(() -> lanes.run(
                        List.of(new Message(2, "fails"), new Message(1, "goes on")), Message::customer, lane -> {
                            if (lane.get(0).text().equals("fails")) {
                                failed.countDown();
                                throw new IllegalStateException("broken");
                            }
                            await(failed);
                            ended.add("goes on");
                            return List.of();
                        }))
                .hasMessageContaining("broken");

        assertThat(ended).containsExactly("goes on");
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("Only one lane is at work", e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
