package org.dunlin.nodes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link Node} seen from the test that started it. */
final class RunningNode implements AutoCloseable {

    private static final String ADMIN = "admin";
    private static final String PASSWORD = "a-test-password";
    private static final long PATIENCE_MINUTES = 3;

    private final String name;
    private final Process process;
    private final PrintWriter orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private String port = "";

    private RunningNode(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.orders = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        Thread reader = new Thread(() -> read(log), "output-of-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Returns before it is ready, so that several can start together.
     *
     * @param ahead by how much its clock is ahead of the machine's
     * @param home  for its files and what it says
     */
    static RunningNode start(String name, Duration ahead, CrashableDatabase database, int mailPort, Path home)
            throws IOException {
        Path folder = Files.createDirectories(home.resolve(name));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-Duser.timezone=UTC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Node.class.getName(),
                        ahead.toString(),
                        "--dunlin.database.url=" + database.url(),
                        "--dunlin.database.user=postgres",
                        "--dunlin.data=" + folder,
                        "--dunlin.demo=false",
                        "--dunlin.admin.user=" + ADMIN,
                        "--dunlin.admin.password=" + PASSWORD,
                        // Small ones, so that both nodes get some of them.
                        "--dunlin.email.batch=10",
                        "--spring.mail.host=127.0.0.1",
                        "--spring.mail.port=" + mailPort,
                        "--spring.mail.properties.mail.smtp.localhost=" + name,
                        "--camunda.bpm.generic-properties.properties.hostname=" + name,
                        "--server.port=0")
                .redirectErrorStream(true)
                .start();
        return new RunningNode(name, process, folder.resolve("said.log"));
    }

    RunningNode awaitReady() {
        String answer = answer();
        if (!answer.startsWith(Node.READY)) {
            throw new IllegalStateException(name + " said " + answer);
        }
        port = answer.substring(Node.READY.length());
        return this;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kill -9: no clean-up, no shutdown hooks. It is gone when this returns. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Returns when nothing is in progress any more. */
    void pause() {
        order(Node.PAUSE);
    }

    void resume() {
        order(Node.RESUME);
    }

    /** @param ahead by how much the clock is ahead of the machine's from now on; only while it pauses */
    void shift(Duration ahead) {
        order(Node.SHIFT + ahead);
    }

    /** @return status of the answer */
    int post(String path, String json) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(json)))
                .statusCode();
    }

    /** @return the answer */
    String get(String path) throws IOException, InterruptedException {
        return send(request(path)).body();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        String credentials =
                Base64.getEncoder().encodeToString((ADMIN + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Basic " + credentials)
                .header("Content-Type", "application/json");
    }

    private void order(String order) {
        orders.println(order);
        String answer = answer();
        if (!answer.equals(Node.DONE)) {
            throw new IllegalStateException(name + " said " + answer + " to " + order);
        }
    }

    private String answer() {
        try {
            String answer = answers.poll(PATIENCE_MINUTES, TimeUnit.MINUTES);
            if (answer == null) {
                throw new IllegalStateException(name + " does not answer");
            }
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(Path log) {
        try (BufferedReader said =
                        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
                Writer kept = Files.newBufferedWriter(log)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals(Node.DONE) || line.startsWith(Node.READY)) {
                    answers.add(line);
                } else {
                    kept.write(line + "\n");
                    kept.flush();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            answers.add("nothing any more; see " + log);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
