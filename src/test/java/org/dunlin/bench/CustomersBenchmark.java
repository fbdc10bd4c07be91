package org.dunlin.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * How long the morning takes for a large portfolio: profiles, scores and credit policy of everybody, once more on the same day, and on
 * the day after. The goal for 100,000 customers is half a minute for profiles and scores on two processors.
 */
class CustomersBenchmark {

    private static final Path TARGET = Path.of("target");
    private static final int WARM_UP = 3_000;

    static int[] sizes() {
        return Arrays.stream(System.getProperty("bench.customers", "100000").split(","))
                .mapToInt(size -> Integer.parseInt(size.strip()))
                .toArray();
    }

    /** Otherwise it would be measured on a cold virtual machine. */
    @BeforeAll
    static void warmUp() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        run(WARM_UP);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void measure(int customers) throws IOException {
        PortfolioRun.Result result = run(customers);
        System.out.println("\n" + result.report());
        Files.writeString(TARGET.resolve("benchmark-customers.txt"), result.report() + "\n");
        Files.writeString(TARGET.resolve("benchmark-customers-statements.txt"), result.statements());
    }

    private static PortfolioRun.Result run(int customers) {
        System.out.printf(Locale.ROOT, "%,d customers%n", customers);
        return new CustomersRun(TARGET.resolve("bench").resolve("customers-" + customers), customers).measure();
    }
}
