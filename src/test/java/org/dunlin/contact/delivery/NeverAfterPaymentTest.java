package org.dunlin.contact.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.contact.Channel;
import org.dunlin.contact.ContactCases;
import org.dunlin.contact.ContactCases.Case;
import org.dunlin.contact.ContactState;
import org.dunlin.contact.Payers;
import org.dunlin.contact.Workers;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.platform.engine.Worker;
import org.dunlin.receivables.Ledger;
import org.dunlin.receivables.PaymentReferences;
import org.dunlin.receivables.Receivables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.transaction.support.TransactionTemplate;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * Promise R2: nothing goes out after a payment is committed. Two workers send to 510 customers who pay meanwhile: some earlier,
 * some at any time, some at the worst moment, when the message is half through the door of the mail server or the telephone company.
 * What counts is its clock when it has the message, against the clock right after the commit of the payment.
 */
@DunlinTest
class NeverAfterPaymentTest {

    private static final int CASES = 510;

    @Autowired
    List<Worker> workers;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    AutowireCapableBeanFactory beans;

    @Autowired
    ContactCases cases;

    @Autowired
    Portfolio portfolio;

    @Autowired
    Ledger ledger;

    @Autowired
    Receivables receivables;

    @Autowired
    PaymentReferences references;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JavaMailSenderImpl mailSettings;

    @Autowired
    GreenMail mailServer;

    private final Map<Long, String> addresses = new HashMap<>();
    private final Map<String, Long> handedOver = new ConcurrentHashMap<>();
    private final Map<String, Case> payAtTheDoor = new ConcurrentHashMap<>();
    private Payers payers;

    @BeforeEach
    void tuesday() {
        cases.itIs(ContactCases.TUESDAY);
    }

    @AfterEach
    void everythingAsBefore() {
        payers.close();
        mailSettings.setPort(mailServer.getSmtp().getPort());
        cases.timeRunsAgain();
    }

    @ParameterizedTest
    @CsvSource({"EMAIL, EmailWorker", "SMS, SmsWorker", "VOICE, VoiceWorker"})
    void of_510_customers_who_pay_while_two_workers_send_none_hears_from_us_after_paying(Channel channel, String worker)
            throws Exception {
        long creditorId = portfolio.creditor("NL");
        payers = new Payers(transaction, ledger, portfolio.creditorNumber(creditorId));
        List<Case> all = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Case dunningCase = cases.waitingFor(channel, creditorId, "NL", "en", "100.00");
            all.add(dunningCase);
            String number = cases.phone(dunningCase);
            addresses.put(dunningCase.id(), channel == Channel.EMAIL ? dunningCase.address() : number);
            twilio.whenReached(number, () -> {
                announced(number);
                handedOver.put(number, System.nanoTime());
            });
        }
        // Known from earlier messages: making them now would lock the customers by chance.
        all.forEach(dunningCase -> references.forCustomer(receivables.creditor(creditorId), dunningCase.customer()));
        List<Case> atAnyTime = new ArrayList<>();
        for (int i = 0; i < CASES; i++) {
            Case dunningCase = all.get(i);
            switch (i % 6) {
                case 0 -> payers.pay(dunningCase);
                case 1, 2, 3 -> payAtTheDoor.put(address(dunningCase), dunningCase);
                case 4 -> atAnyTime.add(dunningCase);
                default -> {
                    // does not pay
                }
            }
        }

        SMTPServer server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .simpleMessageListener(new Door())
                .build();
        server.start();
        try {
            mailSettings.setPort(server.getPortAllocated());
            work(worker, atAnyTime);
        } finally {
            server.stop();
        }

        List<Case> late = all.stream()
                .filter(dunningCase -> handedOver.containsKey(address(dunningCase)))
                .filter(dunningCase -> payers.hadPaid(dunningCase, handedOver.get(address(dunningCase))))
                .toList();
        assertThat(late).isEmpty();
        assertThat(payers.throughTheDoor())
                .as("payments that got through while the message was on its way")
                .isZero();

        Map<ContactState, Integer> states = new HashMap<>();
        for (Case dunningCase : all) {
            boolean received = handedOver.containsKey(address(dunningCase));
            ContactState state = cases.contacts(dunningCase).get(0).state();
            states.merge(state, 1, Integer::sum);
            assertThat(state).isEqualTo(received ? ContactState.SENT : ContactState.CANCELLED);
        }
        assertThat(payers.number()).isEqualTo(CASES * 5 / 6);
        assertThat(states.get(ContactState.SENT)).as("who had not paid yet").isGreaterThanOrEqualTo(CASES * 4 / 6);
        assertThat(states.get(ContactState.CANCELLED)).as("who had paid").isGreaterThanOrEqualTo(CASES / 6);
    }

    private String address(Case dunningCase) {
        return Objects.requireNonNull(addresses.get(dunningCase.id()));
    }

    private void work(String name, List<Case> atAnyTime) throws Exception {
        Worker first = Workers.named(name, workers);
        Worker second = beans.createBean(first.getClass());
        Collections.shuffle(atAnyTime, new Random(1));
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> sending =
                    List.of(both.submit(() -> cases.drain(first)), both.submit(() -> cases.drain(second)));
            payers.payMeanwhile(atAnyTime);
            for (Future<?> one : sending) {
                one.get(10, TimeUnit.MINUTES);
            }
            payers.await();
        } finally {
            both.shutdownNow();
        }
    }

    /** Lets the customer pay when the message is announced. */
    private void announced(String recipient) {
        Case paying = payAtTheDoor.remove(recipient);
        if (paying != null) {
            payers.payAtTheDoor(List.of(paying));
        }
    }

    private final class Door implements SimpleMessageListener {

        @Override
        public boolean accept(String from, String recipient) {
            announced(recipient);
            return true;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) throws IOException {
            data.transferTo(OutputStream.nullOutputStream());
            handedOver.put(recipient, System.nanoTime());
        }
    }
}
