package org.dunlin.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dunlin.platform.engine.Worker;
import org.dunlin.receivables.Booking;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.RowProblem;
import org.dunlin.receivables.Signals;
import org.dunlin.receivables.WriteResult;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * The business of the demo: loads its portfolio once in the life of a database, and books each later day's invoices and
 * payments when that day has come.
 */
@Component
@Conditional(DemoCondition.class)
class DemoBusiness implements Worker {

    /** When the portfolio was loaded; the date is the one it was made for. */
    static final String LOADED = "demo.portfolio";

    /** Until when business was booked. */
    static final String BOOKED = "demo.booked";

    static final long SEED = 20_260_101L;

    private static final Logger log = LoggerFactory.getLogger(DemoBusiness.class);

    private final JdbcClient jdbc;
    private final Ledger ledger;
    private final Signals signals;
    private final Clock clock;
    private volatile @Nullable DemoPortfolio portfolio;

    DemoBusiness(JdbcClient jdbc, Ledger ledger, Signals signals, Clock clock) {
        this.jdbc = jdbc;
        this.ledger = ledger;
        this.signals = signals;
        this.clock = clock;
    }

    boolean isLoaded() {
        return mark(LOADED).isPresent();
    }

    /** Returns whether this was the time to load the portfolio. */
    @Transactional
    public boolean loadOnce() {
        Instant now = clock.instant();
        int marked = jdbc.sql("insert into system_mark (name, marked_at) values (:name, :at) on conflict do nothing")
                .param("name", LOADED)
                .param("at", now.atOffset(ZoneOffset.UTC))
                .update();
        if (marked == 0) {
            return false;
        }
        DemoPortfolio past = portfolio(date(now)).until(date(now));
        complain(Stream.of(ledger.creditors(past.creditors()), ledger.customers(past.customers())));
        book(past);
        complain(DemoSignals.of(past).write(signals));
        booked(now);
        return true;
    }

    /** Books what happened since the last time; nothing on a day that was booked already. */
    @Override
    @Transactional
    public int runOnce() {
        Instant now = clock.instant();
        Optional<LocalDate> loaded = mark(LOADED);
        Optional<LocalDate> booked = mark(BOOKED);
        if (loaded.isEmpty() || booked.isEmpty() || !booked.get().isBefore(date(now))) {
            return 0;
        }
        DemoPortfolio news = portfolio(loaded.get()).between(booked.get(), date(now));
        book(news);
        booked(now);
        return news.invoices().size()
                + news.creditNotes().size()
                + news.payments().size();
    }

    @Override
    public Duration pollInterval() {
        return Duration.ofMinutes(1);
    }

    private void book(DemoPortfolio news) {
        Booking booking = ledger.book(news.invoices(), news.creditNotes(), news.payments());
        complain(Stream.of(booking.invoices(), booking.creditNotes(), booking.payments()));
    }

    private static void complain(Stream<WriteResult> results) {
        List<RowProblem> rejected =
                results.flatMap(result -> result.rejections().stream()).toList();
        if (!rejected.isEmpty()) {
            log.warn("{} rows of the demo were rejected, the first: {}", rejected.size(), rejected.get(0));
        }
    }

    private DemoPortfolio portfolio(LocalDate madeFor) {
        DemoPortfolio known = portfolio;
        if (known == null || !known.today().equals(madeFor)) {
            known = PortfolioGenerator.generate(SEED, madeFor);
            portfolio = known;
        }
        return known;
    }

    private Optional<LocalDate> mark(String name) {
        return jdbc.sql("select marked_at from system_mark where name = :name")
                .param("name", name)
                .query(OffsetDateTime.class)
                .optional()
                .map(at -> date(at.toInstant()));
    }

    private void booked(Instant until) {
        jdbc.sql(
                        """
                        insert into system_mark (name, marked_at) values (:name, :at)
                        on conflict (name) do update set marked_at = excluded.marked_at
                        """)
                .param("name", BOOKED)
                .param("at", until.atOffset(ZoneOffset.UTC))
                .update();
    }

    private static LocalDate date(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
