package org.dunlin.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Works through very many customers in batches, each committed by itself, several at a time: while one waits for the database another
 * computes. What was committed stays, whatever happens to the others, and what a caller's transaction has not committed is not seen.
 */
@Component
class CustomerBatches {

    /** Each takes a processor here or in the database, and a connection of the pool. */
    private static final int MOST_AT_A_TIME = 4;

    private final TransactionTemplate ownTransaction;

    CustomerBatches(PlatformTransactionManager transactions) {
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * When a batch fails as a whole no further one begins, and the failure is thrown once those that are under way have ended.
     *
     * @param ids   of customers, ascending
     * @param size  customers per batch
     * @param work  what is done within the transaction of the batch
     * @param ended told the result of each batch after its commit, one after the other and by the thread that called
     */
    <T> void each(List<Long> ids, int size, Function<List<Long>, T> work, Consumer<T> ended) {
        List<List<Long>> batches = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += size) {
            batches.add(ids.subList(from, Math.min(ids.size(), from + size)));
        }
        int threads = Math.min(
                batches.size(), Math.min(MOST_AT_A_TIME, Runtime.getRuntime().availableProcessors()));
        if (threads <= 1) {
            batches.forEach(batch -> ended.accept(inTransaction(batch, work)));
        } else {
            severalAtATime(batches, threads, work, ended);
        }
    }

    private <T> void severalAtATime(
            List<List<Long>> batches, int threads, Function<List<Long>, T> work, Consumer<T> ended) {
        AtomicBoolean stopped = new AtomicBoolean();
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "customer-batches");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<@Nullable T> running = new ExecutorCompletionService<>(workers);
            for (List<Long> batch : batches) {
                running.submit(() -> stopped.get() ? null : inTransaction(batch, work));
            }
            for (int i = 0; i < batches.size(); i++) {
                T result = running.take().get();
                if (result != null) {
                    ended.accept(result);
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted; what was committed stays", e);
        } finally {
            stopped.set(true);
            workers.shutdown();
            awaitEnd(workers);
        }
    }

    /** Whoever goes on afterwards may count on nobody writing any more. */
    private static void awaitEnd(ExecutorService workers) {
        boolean interrupted = false;
        while (true) {
            try {
                if (workers.awaitTermination(1, TimeUnit.MINUTES)) {
                    break;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T inTransaction(List<Long> batch, Function<List<Long>, T> work) {
        T result = ownTransaction.execute(status -> work.apply(batch));
        if (result == null) {
            throw new IllegalStateException("No result");
        }
        return result;
    }
}
