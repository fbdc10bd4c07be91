package org.dunlin.contact.email;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what is written to them at once. The end of a message is a small segment: with Nagle's algorithm it waits until the server
 * acknowledges what came before, which servers put off by up to 40 ms (RFC 1122, 4.2.3.2 and 4.2.3.4), with each message.
 */
final class PromptSockets extends SocketFactory {

    private final SocketFactory plain = SocketFactory.getDefault();

    @Override
    public Socket createSocket() throws IOException {
        return prompt(plain.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return prompt(plain.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return prompt(plain.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return prompt(plain.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return prompt(plain.createSocket(host, port, from, fromPort));
    }

    private static Socket prompt(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        return socket;
    }
}
