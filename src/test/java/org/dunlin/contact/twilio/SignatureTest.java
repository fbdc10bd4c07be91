package org.dunlin.contact.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.dunlin.DunlinTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Promise R11: nobody but Twilio is heard at the webhooks, and nothing that was changed on its way. */
@DunlinTest
class SignatureTest {

    private static final String ADDRESS = "/twilio/inbound";
    private static final Map<String, String> FORM =
            Map.of("MessageSid", "SMsigned", "From", "+31612999999", "Body", "Hello");

    @LocalServerPort
    int port;

    @Autowired
    JdbcClient jdbc;

    private TwilioCaller caller;

    @BeforeEach
    void caller() {
        caller = new TwilioCaller(port);
        jdbc.sql("delete from customer_word where their_id = 'SMsigned'").update();
    }

    record Attempt(String what, String address, String body, String signature) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Attempt> forged() {
        String url = TwilioDouble.PUBLIC + ADDRESS;
        String body = TwilioCaller.encoded(FORM);
        String right = TwilioCaller.signature(TwilioDouble.TOKEN, url, FORM);
        return Stream.of(
                new Attempt("no signature", ADDRESS, body, ""),
                new Attempt("nonsense", ADDRESS, body, "\u00e4==\t%00"),
                new Attempt("another token", ADDRESS, body, TwilioCaller.signature("guessed", url, FORM)),
                new Attempt(
                        "the address as the proxy calls it",
                        ADDRESS,
                        body,
                        TwilioCaller.signature(TwilioDouble.TOKEN, "http://localhost" + ADDRESS, FORM)),
                new Attempt("another value", ADDRESS, body.replace("Hello", "STOP"), right),
                new Attempt("one more parameter", ADDRESS, body + "&OptOutType=STOP", right),
                new Attempt("one more parameter, twice", ADDRESS, body + "&OptOutType=STOP&OptOutType=STOP", right),
                new Attempt("a parameter in the address", ADDRESS + "?OptOutType=STOP", body, right),
                new Attempt("a parameter less", ADDRESS, body.replaceFirst("&?Body=Hello", ""), right),
                new Attempt("of another webhook", "/twilio/status", body, right),
                new Attempt("for another one", "/twilio/voice/answer?contact=contact-1.x", body, right));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void what_twilio_did_not_sign_as_it_is_gets_nothing_and_does_nothing(Attempt attempt) {
        HttpResponse<String> answer = caller.post(attempt.address(), attempt.body(), attempt.signature());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(heard()).isZero();
    }

    @Test
    void what_twilio_signed_is_heard_once_however_often_it_comes() {
        for (int i = 0; i < 3; i++) {
            assertThat(caller.post(ADDRESS, FORM).statusCode()).isEqualTo(200);
        }

        assertThat(heard()).isEqualTo(1);
    }

    private long heard() {
        return jdbc.sql("select count(*) from customer_word where their_id = 'SMsigned'")
                .query(Long.class)
                .single();
    }
}
