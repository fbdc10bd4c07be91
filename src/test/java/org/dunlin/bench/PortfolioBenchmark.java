package org.dunlin.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import org.dunlin.bench.PortfolioRun.Result;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * How fast the main job is, stage by stage, and how far from what the database could do. Asserts nothing about speed, but that
 * every stage really did its work.
 */
class PortfolioBenchmark {

    private static final Path TARGET = Path.of("target");
    private static final Path TABLES = TARGET.resolve("benchmark.txt");
    private static final Path STATEMENTS = TARGET.resolve("benchmark-statements.txt");
    private static final int WARM_UP = 10_000;

    static int[] sizes() {
        return Arrays.stream(
                        System.getProperty("bench.invoices", "10000,100000").split(","))
                .mapToInt(size -> Integer.parseInt(size.strip()))
                .toArray();
    }

    /** Otherwise the first size would be measured on a cold virtual machine. */
    @BeforeAll
    static void warmUp() throws IOException {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        Files.deleteIfExists(TABLES);
        Files.deleteIfExists(STATEMENTS);
        run(WARM_UP);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void measure(int invoices) throws IOException {
        Result result = run(invoices);
        System.out.println("\n" + result.report());
        append(TABLES, result.report() + "\n");
        append(STATEMENTS, "# " + invoices + " invoices\n\n" + result.statements());
    }

    private static Result run(int invoices) {
        System.out.printf(Locale.ROOT, "%,d invoices%n", invoices);
        return new PortfolioRun(TARGET.resolve("bench").resolve(Integer.toString(invoices)), invoices).measure();
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
