package org.dunlin.contact;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dunlin.Portfolio;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.receivables.CustomerKey;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.Money;
import org.dunlin.receivables.PaymentRow;
import org.springframework.core.Ordered;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Customers of one creditor who pay the 100.00 that they owe, before, while or after we send them something. Each payment is booked as
 * intake does it, and timed right after its commit.
 */
public final class Payers implements AutoCloseable {

    private static final String OWED = "100.00";
    private static final LocalDate ON = LocalDate.of(2026, 3, 10);

    private final TransactionTemplate transaction;
    private final Ledger ledger;
    private final String creditor;
    private final Map<Long, Long> paid = new ConcurrentHashMap<>();
    private final List<Future<?>> payments = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newFixedThreadPool(6);
    /** Of their own, so that those at the door need not queue behind the others. */
    private final ExecutorService atTheDoor = Executors.newFixedThreadPool(2);

    private final AtomicInteger throughTheDoor = new AtomicInteger();

    /** @param creditor number of the creditor */
    public Payers(TransactionTemplate transaction, Ledger ledger, String creditor) {
        this.transaction = transaction;
        this.ledger = ledger;
        this.creditor = creditor;
    }

    /** Pays at once. */
    public void pay(Case dunningCase) {
        transaction.executeWithoutResult(status -> {
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public int getOrder() {
                    return Ordered.HIGHEST_PRECEDENCE;
                }

                @Override
                public void afterCommit() {
                    paid.put(dunningCase.id(), System.nanoTime());
                }
            });
            ledger.payments(List.of(PaymentRow.of(
                    creditor,
                    CustomerKey.of(dunningCase.customerNumber()),
                    Portfolio.unique("PAY"),
                    ON,
                    Money.of(new BigDecimal(OWED), "EUR"))));
        });
    }

    /** Pay as soon as they can, while the caller goes on. */
    public void payMeanwhile(Collection<Case> cases) {
        cases.forEach(one -> payments.add(threads.submit(() -> pay(one))));
    }

    /**
     * Something is half through the door to these customers: they pay now, and their payments get the time to come through before the
     * caller goes on. None may.
     */
    public void payAtTheDoor(Collection<Case> cases) {
        CountDownLatch through = new CountDownLatch(1);
        AtomicInteger known = new AtomicInteger();
        cases.forEach(one -> payments.add(atTheDoor.submit(() -> {
            pay(one);
            known.incrementAndGet();
            through.countDown();
        })));
        try {
            if (through.await(40, TimeUnit.MILLISECONDS)) {
                throughTheDoor.addAndGet(known.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many payments got through while something was on its way to who paid. */
    public int throughTheDoor() {
        return throughTheDoor.get();
    }

    /** Until everybody who pays has paid. */
    public void await() throws Exception {
        for (Future<?> payment : List.copyOf(payments)) {
            payment.get(1, TimeUnit.MINUTES);
        }
    }

    /** How many have paid. */
    public int number() {
        return paid.size();
    }

    public boolean hasPaid(Case dunningCase) {
        return paid.containsKey(dunningCase.id());
    }

    /** Whether their payment was committed before that {@link System#nanoTime}. */
    public boolean hadPaid(Case dunningCase, long at) {
        Long when = paid.get(dunningCase.id());
        return when != null && when < at;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        atTheDoor.shutdownNow();
    }
}
