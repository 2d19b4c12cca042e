package org.jikimi.local;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jikimi.city.story.MailCounter;
import org.jspecify.annotations.Nullable;

/** An SMTP server in this process that takes every mail and sends none on. */
final class Mail implements Part, MailCounter {
    private static final String CORRELATION = "X-Jikimi-Correlation";

    private final int port;
    private final Set<StoredMessage> read = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Map<String, List<Instant>> arrivals = new HashMap<>();
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
    public synchronized long arrived() throws IOException {
        read();
        return arrivals.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public synchronized Optional<Instant> firstArrival(String correlationId) throws IOException {
        read();
        return arrivals.getOrDefault(correlationId, List.of()).stream().min(Comparator.naturalOrder());
    }

    /** Reads the mails that came since the last time: parsing each of thousands again and again would take long. */
    private void read() throws IOException {
        if (server == null) {
            return;
        }
        for (var mail : server.getManagers().getImapHostManager().getAllMessages()) {
            if (read.add(mail)) {
                correlation(mail)
                        .ifPresent(correlation -> arrivals.computeIfAbsent(correlation, id -> new ArrayList<>())
                                .add(mail.getReceivedDate().toInstant()));
            }
        }
    }

    private static Optional<String> correlation(StoredMessage mail) throws IOException {
        try {
            return Optional.ofNullable(mail.getMimeMessage().getHeader(CORRELATION, null));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }
}
