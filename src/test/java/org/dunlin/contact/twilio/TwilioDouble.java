package org.dunlin.contact.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server on this machine that speaks Twilio's API 2010-04-01 as documented, as far as messages and calls need it. What it does with a
 * request can be said per recipient, so that tests do not meet.
 */
public final class TwilioDouble implements AutoCloseable {

    public static final String ACCOUNT = "ACdunlindunlindunlindunlindunlin00";
    public static final String TOKEN = "a-token-of-tests";
    public static final String NUMBER = "+3197010240000";
    public static final String PUBLIC = "https://pay.creditor.example";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger SIDS = new AtomicInteger();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Supplier<Clock> clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<Received> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Runnable> arrivals = new ConcurrentHashMap<>();
    private final Map<String, Deque<Behaviour>> behaviours = new ConcurrentHashMap<>();

    public TwilioDouble(Supplier<Clock> clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/2010-04-01/Accounts/" + ACCOUNT + "/Messages.json", exchange -> handle(exchange, false));
        server.createContext("/2010-04-01/Accounts/" + ACCOUNT + "/Calls.json", exchange -> handle(exchange, true));
        server.start();
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A message or call that was accepted. */
    public record Received(String sid, boolean call, Map<String, String> form, String created) {

        public String to() {
            return form.getOrDefault("To", "");
        }

        public String body() {
            return form.getOrDefault("Body", "");
        }

        /** Path and query of the address for what becomes of it. */
        public String callback() {
            return form.getOrDefault("StatusCallback", "").substring(PUBLIC.length());
        }
    }

    /** What to do with a request. */
    public sealed interface Behaviour {

        /** An answer with that status; with a code in Twilio's own format, without as a page of some proxy. */
        record Answer(int status, @Nullable Integer code, String message) implements Behaviour {}

        /** Nothing is answered. */
        record Silence(boolean accepted) implements Behaviour {}

        /** The connection is closed without an answer. */
        record HangUp(boolean accepted) implements Behaviour {}

        /** The answer begins and never ends. */
        record HalfAnAnswer() implements Behaviour {}

        static Behaviour error(int status, int code) {
            return new Answer(status, code, "Error " + code);
        }
    }

    /** What to do with the next requests to that number; afterwards it is accepted as usual. */
    public void on(String to, Behaviour... next) {
        behaviours.put(to, new ArrayDeque<>(Arrays.asList(next)));
    }

    /** What happens while a request to that number is on its way. */
    public void whenReached(String to, Runnable what) {
        arrivals.put(to, what);
    }

    /** It has a message to that number of which we know nothing. */
    public void has(String to, String body) {
        received.add(one(false, Map.of("To", to, "From", NUMBER, "Body", body)));
    }

    private Received one(boolean call, Map<String, String> form) {
        return new Received(
                (call ? "CA" : "SM") + "%032x".formatted(SIDS.incrementAndGet()),
                call,
                form,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        clock.get().instant().atOffset(ZoneOffset.UTC)));
    }

    /** How many requests to send or call were made to that number. */
    public long posts(String to) {
        return requests.stream().filter(request -> request.to().equals(to)).count();
    }

    /** What it took responsibility for, to that number. */
    public List<Received> accepted(String to) {
        return received.stream().filter(one -> one.to().equals(to)).toList();
    }

    private void handle(HttpExchange exchange, boolean call) throws IOException {
        try (exchange) {
            String expected = "Basic "
                    + Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                answer(exchange, 401, error(20003, "Authenticate", 401));
            } else if (exchange.getRequestMethod().equals("GET")) {
                answer(exchange, 200, list(parameters(exchange.getRequestURI().getRawQuery()), call));
            } else {
                create(exchange, call);
            }
        }
    }

    private void create(HttpExchange exchange, boolean call) throws IOException {
        Map<String, String> form;
        try (InputStream body = exchange.getRequestBody()) {
            form = parameters(new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        Received one = one(call, form);
        requests.add(one);
        arrivals.getOrDefault(one.to(), () -> {}).run();
        Deque<Behaviour> next = behaviours.get(one.to());
        Behaviour behaviour = next == null ? null : next.poll();
        if (behaviour instanceof Behaviour.Answer answer) {
            answer(
                    exchange,
                    answer.status(),
                    answer.code() == null ? answer.message() : error(answer.code(), answer.message(), answer.status()));
        } else if (behaviour instanceof Behaviour.Silence silence) {
            accept(one, silence.accepted());
            awaitClosing();
        } else if (behaviour instanceof Behaviour.HangUp hangUp) {
            accept(one, hangUp.accepted());
        } else if (behaviour instanceof Behaviour.HalfAnAnswer) {
            accept(one, true);
            byte[] answer = json(resource(one)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer, 0, answer.length / 2);
            exchange.getResponseBody().flush();
            awaitClosing();
        } else {
            accept(one, true);
            answer(exchange, 201, json(resource(one)));
        }
    }

    private void accept(Received one, boolean accepted) {
        if (accepted) {
            received.add(one);
        }
    }

    private void awaitClosing() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String list(Map<String, String> query, boolean call) {
        List<Map<String, Object>> found = new ArrayList<>(received.stream()
                .filter(one -> one.call() == call)
                .filter(one -> query.get("To") == null || query.get("To").equals(one.to()))
                .filter(one -> query.get("From") == null
                        || query.get("From").equals(one.form().get("From")))
                .map(TwilioDouble::resource)
                .toList());
        Collections.reverse(found);
        int size = Integer.parseInt(query.getOrDefault("PageSize", "50"));
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("first_page_uri", "/");
        page.put("next_page_uri", null);
        page.put("previous_page_uri", null);
        page.put("page", 0);
        page.put("page_size", size);
        page.put("start", 0);
        page.put("end", found.size());
        page.put("uri", "/");
        page.put(call ? "calls" : "messages", found.stream().limit(size).toList());
        return json(page);
    }

    private static Map<String, Object> resource(Received one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sid", one.sid());
        json.put("account_sid", ACCOUNT);
        json.put("api_version", "2010-04-01");
        json.put("to", one.to());
        json.put("from", one.form().get("From"));
        json.put("date_created", one.created());
        json.put("date_updated", one.created());
        json.put("status", "queued");
        json.put("direction", "outbound-api");
        json.put("uri", "/2010-04-01/Accounts/" + ACCOUNT + "/" + one.sid() + ".json");
        if (!one.call()) {
            json.put("body", one.body());
            json.put("num_segments", "1");
            json.put("num_media", "0");
            json.put("error_code", null);
            json.put("error_message", null);
            json.put("messaging_service_sid", one.form().get("MessagingServiceSid"));
        }
        return json;
    }

    private static String error(int code, String message, int status) {
        return json(Map.of(
                "code",
                code,
                "message",
                message,
                "more_info",
                "https://www.twilio.com/docs/errors/" + code,
                "status",
                status));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", body.startsWith("{") ? "application/json;charset=utf-8" : "text/html");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static Map<String, String> parameters(@Nullable String encoded) {
        return encoded == null || encoded.isEmpty()
                ? Map.of()
                : Arrays.stream(encoded.split("&"))
                        .map(part -> part.split("=", 2))
                        .collect(Collectors.toMap(part -> decoded(part[0]), part -> decoded(part[1]), (a, b) -> a));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String json(Object value) {
        try {
            return Objects.requireNonNull(JSON.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
