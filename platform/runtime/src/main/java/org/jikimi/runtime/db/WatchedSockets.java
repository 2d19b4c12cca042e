package org.jikimi.runtime.db;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import javax.net.SocketFactory;
import jdk.net.ExtendedSocketOptions;

/**
 * Sockets to the database whose owner, while it waits for an answer, misses it a minute after its machine is gone and nobody is
 * left to close them. A kernel by itself asks after two hours or never, and until then whoever waits does nothing else. What was
 * still on its way to the database is given up by the kernel's own rules ({@code net.ipv4.tcp_retries2}, some fifteen minutes):
 * Java cannot set {@code TCP_USER_TIMEOUT}. The driver is told the name of this class, and that it is to keep sockets alive.
 */
public final class WatchedSockets extends SocketFactory {
    private static final int ASKED_AFTER_SECONDS = 30;
    private static final int ASKED_AGAIN_SECONDS = 10;
    private static final int ASKED_TIMES = 3;

    @Override
    public Socket createSocket() throws IOException {
        var socket = new Socket();
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        if (socket.supportedOptions().contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, ASKED_AFTER_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, ASKED_AGAIN_SECONDS);
            socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, ASKED_TIMES);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return createSocket(InetAddress.getByName(host), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        var socket = createSocket();
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return createSocket(InetAddress.getByName(host), port, from, fromPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        var socket = createSocket();
        socket.bind(new InetSocketAddress(from, fromPort));
        socket.connect(new InetSocketAddress(host, port));
        return socket;
    }
}
