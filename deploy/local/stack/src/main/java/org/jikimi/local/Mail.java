package org.jikimi.local;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An SMTP server in this process that takes every mail and sends none on. */
final class Mail implements Part, Mailbox {
    private final int port;
    private @org.jspecify.annotations.Nullable GreenMail server;

    Mail(int port) {
        this.port = port;
    }

    @Override
    public String name() {
        return "smtp";
    }

    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public synchronized void start() {
        var started = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        try {
            started.start();
        } catch (IllegalStateException e) {
            throw new StackFailure("The SMTP server cannot listen at " + address() + ": " + e.getMessage() + ".", e);
        }
        server = started;
    }

    @Override
    public synchronized void stop() {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public synchronized List<Received> received() {
        if (server == null) {
            return List.of();
        }
        var mails = new ArrayList<Received>();
        try {
            for (var message : server.getReceivedMessages()) {
                mails.add(new Received(
                        String.valueOf(message.getAllRecipients()[0]),
                        Optional.ofNullable(message.getSubject()).orElse(""),
                        Optional.ofNullable(correlation(message))));
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
        return mails;
    }

    private static @org.jspecify.annotations.Nullable String correlation(MimeMessage message)
            throws MessagingException {
        return message.getHeader("X-Jikimi-Correlation", null);
    }
}
