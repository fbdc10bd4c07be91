package org.dunlin.contact.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.stereotype.Component;

/**
 * Lets the messages of a batch go out side by side: while one waits for the database or for the other side, another is worded. All to one
 * customer go the same way one after the other, so that the order in which their cases speak stays.
 */
@Component
@EnableConfigurationProperties(Lanes.Properties.class)
class Lanes implements AutoCloseable {

    private final int most;
    private final ExecutorService others = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "worker-lane");
        thread.setDaemon(true);
        return thread;
    });

    Lanes(Properties properties) {
        this.most = properties.parallel();
    }

    /** @param parallel messages at a time in one worker of a channel that allows it, each over a connection of its own */
    @ConfigurationProperties("dunlin.contact")
    record Properties(@DefaultValue("2") int parallel) {

        Properties {
            if (parallel < 1) {
                throw new IllegalArgumentException("dunlin.contact.parallel is at least 1");
            }
        }
    }

    /**
     * Does the work for all items, in their order within each lane, and returns when all is done.
     *
     * @param customer whose item it is
     * @param work     for the items of a lane; the first lane is that of the calling thread
     * @return what all lanes gave
     */
    <T, R> List<R> run(List<T> items, ToLongFunction<T> customer, Function<List<T>, List<R>> work) {
        if (items.isEmpty()) {
            return List.of();
        }
        List<List<T>> lanes = split(items, customer);
        List<CompletableFuture<List<R>>> running = lanes.stream()
                .skip(1)
                .map(lane -> CompletableFuture.supplyAsync(() -> work.apply(lane), others))
                .toList();
        List<R> given = new ArrayList<>();
        try {
            given.addAll(work.apply(lanes.get(0)));
        } finally {
            // Also after a failure: nothing goes on behind the back of who called.
            running.forEach(lane -> lane.handle((result, failure) -> result).join());
        }
        running.forEach(lane -> given.addAll(lane.join()));
        return given;
    }

    private <T> List<List<T>> split(List<T> items, ToLongFunction<T> customer) {
        List<List<T>> lanes = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            lanes.add(new ArrayList<>());
        }
        items.forEach(item ->
                lanes.get(Math.floorMod(customer.applyAsLong(item), most)).add(item));
        lanes.removeIf(List::isEmpty);
        return lanes;
    }

    @Override
    public void close() {
        others.shutdown();
    }
}
