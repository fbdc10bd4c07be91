package org.dunlin.dunning;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.dunlin.DunlinTest;
import org.dunlin.Portfolio;
import org.dunlin.Slate;
import org.dunlin.Timeline;
import org.dunlin.contact.Channel;
import org.dunlin.contact.twilio.NumberRefusals;
import org.dunlin.contact.twilio.TwilioDouble;
import org.dunlin.contact.twilio.TwilioDouble.Behaviour;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** S17: the customer chooses the channel, as a calendar. */
@DunlinTest
class ChosenChannelTest {

    @Autowired
    Debtor debtor;

    @Autowired
    Timeline timeline;

    @Autowired
    Portfolio portfolio;

    @Autowired
    NumberRefusals refusals;

    @Autowired
    TwilioDouble twilio;

    @Autowired
    Slate slate;

    @BeforeEach
    void everybodyDoesTheirWork() {
        slate.clean();
        debtor.answers("callCustomer", Map.of("outcome", "refuses"))
                .answers("postLetters", Map.of("outcome", "allPosted"));
        timeline.startOn(LocalDate.of(2025, 12, 1));
        debtor.of("NL", 30).owes("1000.00", LocalDate.of(2025, 12, 9));
    }

    @Test
    void who_prefers_text_messages_gets_the_reminder_as_one_and_the_calls_as_everybody() {
        String mobile = portfolio.mobile(debtor.customer());
        portfolio.prefers(debtor.customer(), "SMS");

        debtor.until(LocalDate.of(2025, 12, 23));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 text at rung 10",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-23 postLetters for mailroom");
        assertThat(twilio.accepted(mobile)).hasSize(1);
    }

    @Test
    void who_prefers_to_be_called_is_called() {
        String mobile = portfolio.mobile(debtor.customer());
        portfolio.prefers(debtor.customer(), "VOICE");

        debtor.until(LocalDate.of(2025, 12, 12));

        assertThat(debtor.diary()).containsExactly("2025-12-11 automated call at rung 10");
        assertThat(twilio.accepted(mobile)).hasSize(1);
    }

    @Test
    void a_number_that_turns_out_to_be_no_mobile_means_a_letter_and_mail_from_then_on() {
        String number = portfolio.mobile(debtor.customer());
        portfolio.prefers(debtor.customer(), "SMS");
        twilio.on(number, Behaviour.error(400, 21614));

        debtor.until(LocalDate.of(2025, 12, 12));
        debtor.owes("500.00", LocalDate.of(2025, 12, 18));
        debtor.until(LocalDate.of(2025, 12, 22));

        assertThat(debtor.diary())
                .containsExactly(
                        "2025-12-11 postLetters for mailroom",
                        "2025-12-16 callCustomer for juniorCollectors",
                        "2025-12-22 mail at rung 10");
        assertThat(twilio.posts(number)).isEqualTo(1);
    }

    @Test
    void who_opted_out_or_has_a_landline_gets_mail() {
        String number = portfolio.mobile(debtor.customer());
        portfolio.prefers(debtor.customer(), "SMS");
        refusals.refused(number, Channel.SMS, NumberRefusals.Reason.OPTED_OUT, Instant.parse("2025-12-01T12:00:00Z"));

        debtor.until(LocalDate.of(2025, 12, 12));

        assertThat(debtor.diary()).containsExactly("2025-12-11 mail at rung 10");
        assertThat(twilio.posts(number)).isZero();
    }
}
