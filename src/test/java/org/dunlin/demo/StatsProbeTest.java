package org.dunlin.demo;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.Test;

class StatsProbeTest {
    @Test
    void probe() {
        for (String d : List.of("2026-11-21", "2026-01-02", "2026-03-29", "2026-07-15", "2027-05-31", "2028-02-29")) {
            LocalDate today = LocalDate.parse(d);
            DemoPortfolio p = PortfolioGenerator.generate(20260101L, today);
            DemoPortfolio now = p.until(today);
            Map<String, BigDecimal> open = new LinkedHashMap<>();
            now.invoices().forEach(i -> open.put(i.number(), i.gross()));
            now.creditNotes().forEach(c -> open.merge(c.invoice(), c.gross().negate(), BigDecimal::add));
            now.payments().forEach(x -> x.allocations()
                    .forEach(a -> open.merge(a.invoice(), a.amount().negate(), BigDecimal::add)));
            var openInv = now.invoices().stream()
                    .filter(i -> open.get(i.number()).signum() > 0)
                    .toList();
            var over = openInv.stream().filter(i -> i.dueOn().isBefore(today)).toList();
            var custs = over.stream().collect(Collectors.groupingBy(DemoPortfolio.Invoice::customer));
            System.out.println(d + " inv " + now.invoices().size() + "/"
                    + p.invoices().size() + " pay " + now.payments().size() + " cn "
                    + now.creditNotes().size() + " open " + openInv.size() + " overdue " + over.size() + " customers "
                    + custs.size() + " disputed "
                    + now.invoices().stream()
                            .filter(DemoPortfolio.Invoice::disputed)
                            .count() + " openDisputed "
                    + over.stream().filter(DemoPortfolio.Invoice::disputed).count() + " neg "
                    + open.values().stream().filter(v -> v.signum() < 0).count());
            System.out.println("  ages "
                    + custs.values().stream()
                            .map(l -> l.stream()
                                    .mapToLong(
                                            i -> today.toEpochDay() - i.dueOn().toEpochDay())
                                    .max()
                                    .getAsLong())
                            .sorted()
                            .toList());
            BigDecimal sum = over.stream().map(i -> open.get(i.number())).reduce(BigDecimal.ZERO, BigDecimal::add);
            BigDecimal tot = openInv.stream().map(i -> open.get(i.number())).reduce(BigDecimal.ZERO, BigDecimal::add);
            System.out.println("  open " + tot + " overdue " + sum + " turnover "
                    + now.invoices().stream()
                            .map(DemoPortfolio.Invoice::gross)
                            .reduce(BigDecimal.ZERO, BigDecimal::add));
        }
        DemoPortfolio p = PortfolioGenerator.generate(20260101L, LocalDate.parse("2026-11-21"));
        p.customers().stream().limit(60).forEach(c -> System.out.println(c));
        p.until(p.today()).invoices().stream().skip(1480).forEach(System.out::println);
        p.until(p.today()).payments().stream().skip(1200).limit(15).forEach(System.out::println);
    }
}
