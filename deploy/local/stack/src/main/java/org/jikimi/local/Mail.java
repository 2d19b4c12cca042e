package org.jikimi.local;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jikimi.city.story.MailCounter;
import org.jspecify.annotations.Nullable;

/** An SMTP server in this process that takes every mail and sends none on. */
final class Mail implements Part, MailCounter {
    private static final String CORRELATION = "X-Jikimi-Correlation";

    private final int port;
    private @Nullable GreenMail server;

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
    public long arrived() throws IOException {
        var count = 0L;
        for (var mail : mails()) {
            if (correlation(mail).isPresent()) {
                count++;
            }
        }
        return count;
    }

    @Override
    public Optional<Instant> firstArrival(String correlationId) throws IOException {
        Optional<Instant> first = Optional.empty();
        for (var mail : mails()) {
            if (correlation(mail).filter(correlationId::equals).isPresent()) {
                var arrival = mail.getReceivedDate().toInstant();
                first = first.filter(arrival::isAfter).or(() -> Optional.of(arrival));
            }
        }
        return first;
    }

    private synchronized Collection<StoredMessage> mails() {
        if (server == null) {
            return List.of();
        }
        return server.getManagers().getImapHostManager().getAllMessages();
    }

    private static Optional<String> correlation(StoredMessage mail) throws IOException {
        try {
            return Optional.ofNullable(mail.getMimeMessage().getHeader(CORRELATION, null));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }
}
