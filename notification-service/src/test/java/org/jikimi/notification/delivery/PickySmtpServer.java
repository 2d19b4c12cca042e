package org.jikimi.notification.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Speaks just enough SMTP to refuse one mailbox for good, to leave one without an answer, and to take all others. */
final class PickySmtpServer implements AutoCloseable {
    private final String refused;
    static final String UNANSWERED = "unanswered";

    private final ServerSocket listener;

    PickySmtpServer(String refused) throws IOException {
        this.refused = refused;
        this.listener = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> talk(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void talk(Socket client) {
        try (client;
                var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            var out = client.getOutputStream();
            say(out, "220 picky");
            boolean data = false;
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                if (data) {
                    data = !line.equals(".");
                    if (!data) {
                        say(out, "250 taken");
                    }
                } else if (line.toUpperCase(Locale.ROOT).startsWith("RCPT") && line.contains(refused)) {
                    say(out, "550 no such mailbox");
                } else if (line.equalsIgnoreCase("DATA")) {
                    say(out, "354 go on");
                    data = true;
                } else if (!line.contains(UNANSWERED)) {
                    say(out, "250 ok");
                }
            }
        } catch (IOException gone) {
            // the client has hung up
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
