package org.dunlin.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.TimeZone;
import org.dunlin.Dunlin;
import org.dunlin.WithoutTestClasses;
import org.dunlin.platform.clock.DunlinClock;
import org.dunlin.platform.engine.EngineRunner;
import org.dunlin.platform.engine.StartUpStep;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;

/**
 * A process with the whole product, whose clock runs ahead of or behind the machine's from its very beginning. Does what it is told on
 * standard input, and is gone when that ends.
 */
public final class Node {

    static final String READY = "ready ";
    static final String DONE = "done";
    static final String PAUSE = "pause";
    static final String RESUME = "resume";
    static final String SHIFT = "shift ";

    private Node() {}

    /** Arguments: by how much the clock is ahead of the machine's; then what the product is told. */
    public static void main(String[] args) throws IOException {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        ConfigurableApplicationContext product = new SpringApplicationBuilder(Dunlin.class)
                .initializers(fresh -> {
                    fresh.getBeanFactory().registerSingleton("withoutTestClasses", new WithoutTestClasses());
                    fresh.getBeanFactory()
                            .registerSingleton("shiftedClock", new ShiftedClock(fresh, Duration.parse(args[0])));
                })
                .run(Arrays.copyOfRange(args, 1, args.length));
        System.out.println(READY + product.getEnvironment().getRequiredProperty("local.server.port"));
        EngineRunner runner = product.getBean(EngineRunner.class);
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            if (order.equals(PAUSE)) {
                runner.pause();
            } else if (order.equals(RESUME)) {
                runner.resume();
            } else if (order.startsWith(SHIFT)) {
                shift(product, Duration.parse(order.substring(SHIFT.length())));
            }
            System.out.println(DONE);
        }
        // Whoever gave the orders is gone, and nobody needs us any more.
        Runtime.getRuntime().halt(0);
    }

    private static void shift(ConfigurableApplicationContext product, Duration by) {
        product.getBean(DunlinClock.class).runFrom(Instant.now().plus(by));
    }

    /** Before models are deployed: their timers count from it. */
    private record ShiftedClock(ConfigurableApplicationContext product, Duration by) implements StartUpStep, Ordered {

        @Override
        public void run() {
            shift(product, by);
        }

        @Override
        public int getOrder() {
            return 0;
        }
    }
}
