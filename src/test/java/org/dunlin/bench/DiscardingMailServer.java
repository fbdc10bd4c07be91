package org.dunlin.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.util.concurrent.atomic.LongAdder;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/** Accepts every message, counts it and keeps none. */
final class DiscardingMailServer implements SimpleMessageListener, AutoCloseable {

    private final LongAdder received = new LongAdder();
    private final SMTPServer server = SMTPServer.port(0)
            .bindAddress(InetAddress.getLoopbackAddress())
            .hostName("localhost")
            .simpleMessageListener(this)
            .build();

    DiscardingMailServer() {
        server.start();
    }

    int port() {
        return server.getPortAllocated();
    }

    long received() {
        return received.sum();
    }

    @Override
    public boolean accept(String from, String recipient) {
        return true;
    }

    @Override
    public void deliver(String from, String recipient, InputStream message) throws IOException {
        message.transferTo(OutputStream.nullOutputStream());
        received.increment();
    }

    @Override
    public void close() {
        server.stop();
    }
}
