package org.dunlin.contact.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.twilio.exception.ApiException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Message;
import com.twilio.type.PhoneNumber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.dunlin.contact.twilio.OnePostClient.NoAnswerException;
import org.dunlin.contact.twilio.OnePostClient.NotReachedException;
import org.dunlin.contact.twilio.TwilioDouble.Behaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Twilio does, a message is offered once, and it is known whether it can have arrived. */
class OnePostClientTest {

    private static final String TO = "+31612345678";

    private TwilioDouble twilio;

    @BeforeEach
    void start() {
        twilio = new TwilioDouble(Clock::systemUTC);
    }

    @AfterEach
    void stop() {
        twilio.close();
    }

    @Test
    void an_accepted_message_has_a_sid() {
        assertThat(send(TwilioDouble.TOKEN)).startsWith("SM");
        assertThat(twilio.posts(TO)).isEqualTo(1);
        assertThat(twilio.accepted(TO).get(0).body()).isEqualTo("Bonjour, 100 €");
    }

    @ParameterizedTest
    @CsvSource({"400, 21211", "400, 21614", "400, 21610", "429, 20429", "404, 20404"})
    void a_refusal_comes_with_its_code_and_is_not_tried_again(int status, int code) {
        twilio.on(TO, Behaviour.error(status, code));

        assertThatThrownBy(() -> send(TwilioDouble.TOKEN)).isInstanceOfSatisfying(ApiException.class, refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(status);
            assertThat(refused.getCode()).isEqualTo(code);
        });

        assertThat(twilio.posts(TO)).isEqualTo(1);
    }

    @Test
    void a_login_that_is_not_accepted_is_a_refusal() {
        assertThatThrownBy(() -> send("another token"))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(20003));
    }

    @Test
    void a_refusal_by_something_else_than_twilio_is_one_too() {
        twilio.on(TO, new Behaviour.Answer(403, null, "<html>Go away</html>"));

        assertThatThrownBy(() -> send(TwilioDouble.TOKEN))
                .isInstanceOfSatisfying(ApiException.class, refused -> assertThat(refused.getStatusCode())
                        .isEqualTo(403));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504, 408, 302})
    void what_says_nothing_about_the_message_leaves_it_in_doubt_and_is_not_tried_again(int status) {
        twilio.on(TO, new Behaviour.Answer(status, null, "<html>Sorry</html>"));

        assertThatThrownBy(() -> send(TwilioDouble.TOKEN)).isInstanceOf(NoAnswerException.class);

        assertThat(twilio.posts(TO)).isEqualTo(1);
    }

    @Test
    void no_answer_a_closed_connection_and_half_an_answer_leave_it_in_doubt() {
        for (Behaviour behaviour :
                new Behaviour[] {new Behaviour.Silence(true), new Behaviour.HangUp(false), new Behaviour.HalfAnAnswer()
                }) {
            long before = twilio.posts(TO);
            twilio.on(TO, behaviour);
            long began = System.nanoTime();

            assertThatThrownBy(() -> send(TwilioDouble.TOKEN))
                    .as(behaviour.toString())
                    .isInstanceOf(NoAnswerException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
            assertThat(twilio.posts(TO) - before).as(behaviour.toString()).isEqualTo(1);
        }
    }

    @Test
    void where_nobody_listens_nothing_was_sent() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }

        assertThatThrownBy(() -> send(TwilioDouble.TOKEN, URI.create("http://127.0.0.1:" + port)))
                .isInstanceOf(NotReachedException.class);
    }

    private String send(String token) {
        return send(token, twilio.address());
    }

    private static String send(String token, URI address) {
        var properties = new TwilioProperties(
                TwilioDouble.ACCOUNT,
                null,
                null,
                token,
                null,
                null,
                address,
                null,
                Duration.ofSeconds(1),
                Duration.ofMillis(700),
                Duration.ofMinutes(10),
                Duration.ofHours(2),
                new TwilioProperties.Sender(TwilioDouble.NUMBER, null, null),
                Map.of());
        TwilioRestClient client = new TwilioRestClient.Builder(TwilioDouble.ACCOUNT, token)
                .httpClient(new OnePostClient(properties))
                .build();
        return Message.creator(new PhoneNumber(TO), new PhoneNumber(TwilioDouble.NUMBER), "Bonjour, 100 €")
                .create(client)
                .getSid();
    }
}
