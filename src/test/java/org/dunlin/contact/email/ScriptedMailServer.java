package org.dunlin.contact.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server that answers as it is told, to see what a client makes of every way in which a conversation can go wrong. An
 * answer is given to the first word of a command, or to {@code CONTENT} (the first line of the message) and {@code END} (the dot
 * after it).
 */
final class ScriptedMailServer implements AutoCloseable {

    /** Hangs up without a word. */
    static final String HANG_UP = "hang up";

    /** Keeps the connection open and says nothing. */
    static final String SILENCE = "silence";

    private static final String NOTHING = "";

    private static final Map<String, String> FRIENDLY = Map.of(
            "CONNECT", "220 scripted",
            "EHLO", "250 scripted",
            "AUTH", "235 2.7.0 welcome",
            "DATA", "354 go on",
            "CONTENT", NOTHING,
            "QUIT", "221 bye");

    private final ServerSocket socket;
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> once = new ConcurrentHashMap<>();
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> accepted = new CopyOnWriteArrayList<>();

    ScriptedMailServer() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** From now on. */
    ScriptedMailServer answers(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    /** The next time only. */
    ScriptedMailServer answersOnce(String command, String answer) {
        once.put(command, answer);
        return this;
    }

    /** Before the next answer to that command it waits until it is told to go on. */
    Pause pausesAt(String command) {
        Pause pause = new Pause();
        pauses.put(command, pause);
        return pause;
    }

    static final class Pause {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);

        boolean reached(long time, TimeUnit unit) throws InterruptedException {
            return reached.await(time, unit);
        }

        void goOn() {
            goOn.countDown();
        }

        private void here() {
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    ScriptedMailServer behavesAgain() {
        answers.clear();
        return this;
    }

    int port() {
        return socket.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    /** What it took responsibility for. */
    List<String> accepted() {
        return accepted;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                daemon(() -> talk(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
                OutputStream out = client.getOutputStream()) {
            if (!say(out, answer("CONNECT"))) {
                return;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String command = line.split("[ :]")[0];
                String answer = answer(command);
                if (!say(out, answer) || (command.equals("DATA") && answer.startsWith("354") && !content(in, out))) {
                    return;
                }
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private boolean content(BufferedReader in, OutputStream out) throws IOException {
        StringBuilder message = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (message.isEmpty() && !say(out, answer("CONTENT"))) {
                return false;
            }
            if (line.equals(".")) {
                String answer = answer("END");
                if (answer.startsWith("250")) {
                    accepted.add(message.toString());
                }
                return say(out, answer);
            }
            message.append(line).append('\n');
        }
        return false;
    }

    private String answer(String command) {
        Pause pause = pauses.remove(command);
        if (pause != null) {
            pause.here();
        }
        String onlyNow = once.remove(command);
        return onlyNow != null ? onlyNow : answers.getOrDefault(command, FRIENDLY.getOrDefault(command, "250 fine"));
    }

    private static boolean say(OutputStream out, String answer) throws IOException {
        if (answer.equals(HANG_UP)) {
            return false;
        }
        if (!answer.equals(SILENCE) && !answer.equals(NOTHING)) {
            out.write((answer + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
        return true;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-mail-server");
        thread.setDaemon(true);
        thread.start();
    }
}
