package org.dunlin.portal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Mollie's Payments API as its documentation describes it, on this machine: makes payments, tells how they stand, and does badly when
 * told to. The answers' shape is that of the documentation.
 */
public class MollieDouble {

    public static final String KEY = "test_dHar4XY7LxsDOtmnkVtjNVWXLSlXsM";

    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final ObjectMapper json = new ObjectMapper();
    private final HttpServer server;
    private final Map<String, ObjectNode> payments = new ConcurrentHashMap<>();
    private final Map<String, String> byKey = new ConcurrentHashMap<>();
    private final List<JsonNode> orders = java.util.Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int failure;
    private volatile boolean silent;

    MollieDouble(HttpServer server) {
        this.server = server;
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/v2/payments", this::answer);
        server.start();
    }

    public static MollieDouble start() {
        try {
            return new MollieDouble(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        server.stop(0);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2";
    }

    /** Forgets what was asked and works again. */
    void reset() {
        orders.clear();
        asked.set(0);
        failure = 0;
        silent = false;
    }

    /** Every request fails with that status until {@link #reset}. */
    void fails(int status) {
        failure = status;
    }

    /** Takes requests and answers none in time. */
    void isSilent() {
        silent = true;
    }

    /** Bodies of the requests that made payments. */
    List<JsonNode> orders() {
        return List.copyOf(orders);
    }

    /** How often it was asked how a payment stands. */
    int asked() {
        return asked.get();
    }

    void status(String id, String status) {
        payments.get(id).put("status", status);
    }

    void paid(String id, String at) {
        payments.get(id).put("status", "paid").put("paidAt", at);
    }

    void paidAmount(String id, String value) {
        ((ObjectNode) payments.get(id).get("amount")).put("value", value);
    }

    void chargedBack(String id, String value) {
        payments.get(id).putObject("amountChargedBack").put("currency", "EUR").put("value", value);
    }

    /** A payment that somebody else made with the same key. */
    String foreign(String value) {
        String id = id();
        payments.put(
                id, payment(id, json.createObjectNode().put("currency", "EUR").put("value", value)));
        return id;
    }

    private static String id() {
        return "tr_Dbl" + System.nanoTime() + NUMBERS.incrementAndGet();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (silent) {
                pause();
                return;
            }
            if (failure != 0) {
                error(exchange, failure);
            } else if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                error(exchange, 401);
            } else if (exchange.getRequestMethod().equals("POST")) {
                make(exchange, json.readTree(body));
            } else {
                tell(exchange);
            }
        }
    }

    private void make(HttpExchange exchange, JsonNode order) throws IOException {
        orders.add(order);
        String id = byKey.computeIfAbsent(exchange.getRequestHeaders().getFirst("Idempotency-Key"), key -> {
            String made = id();
            payments.put(made, payment(made, order.get("amount")));
            return made;
        });
        send(exchange, 201, payments.get(id));
    }

    private ObjectNode payment(String id, JsonNode amount) {
        ObjectNode payment = json.createObjectNode();
        payment.put("resource", "payment").put("id", id).put("mode", "test").put("status", "open");
        payment.set("amount", amount.deepCopy());
        payment.put("createdAt", "2026-03-10T09:00:00+00:00");
        payment.putObject("_links")
                .putObject("checkout")
                .put("href", "https://www.mollie.com/checkout/select-method/" + id)
                .put("type", "text/html");
        return payment;
    }

    private void tell(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        ObjectNode payment = payments.get(path.substring(path.lastIndexOf('/') + 1));
        if (payment == null) {
            error(exchange, 404);
        } else {
            send(exchange, 200, payment);
        }
    }

    private void error(HttpExchange exchange, int status) throws IOException {
        send(
                exchange,
                status,
                json.createObjectNode().put("status", status).put("title", "No").put("detail", "No."));
    }

    private void send(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/hal+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Longer than anybody waits. */
    private static void pause() {
        try {
            Thread.sleep(4_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
