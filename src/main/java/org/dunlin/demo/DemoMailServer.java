package org.dunlin.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import org.subethamail.smtp.helper.SimpleMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/**
 * A mail server on a free port of this machine that accepts every message and keeps none: in the demo nothing may leave the
 * machine, and what was sent can be read in the contact log.
 */
final class DemoMailServer implements AutoCloseable {

    private final SMTPServer server;

    DemoMailServer() {
        server = SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .hostName("localhost")
                .softwareName("Dunlin demo")
                .simpleMessageListener(new Discarding())
                .build();
        server.start();
    }

    String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class Discarding implements SimpleMessageListener {

        @Override
        public boolean accept(String from, String recipient) {
            return true;
        }

        @Override
        public void deliver(String from, String recipient, InputStream data) throws IOException {
            data.transferTo(OutputStream.nullOutputStream());
        }
    }
}
