package org.jikimi.notification.delivery;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/**
 * Sends due mails, a few at a time, until it is stopped. A mail counts as sent once the server has taken it over: a
 * crash before that is noted, for a few mails at once, sends them again under the same Message-ID. While the server
 * cannot be reached nothing is given up; a mail that the server refuses is tried again later and later, behind others,
 * and given up only if the server says so several times.
 */
final class MailWorker implements Runnable {
    /** Few, so that a pressing mail does not wait behind many others. */
    private static final int AT_ONCE = 10;

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT_FOR_SERVER = Duration.ofSeconds(5);
    private static final int REFUSALS_FOR_GOOD = 5;
    private static final Logger LOG = Logger.getLogger(MailWorker.class);

    private final Transactions transactions;
    private final Deliveries deliveries = new Deliveries();
    private final Subscriptions subscriptions;
    private final DeliverySignal signal;
    private final SmtpConnection connection;
    private final String domain;
    private final Times times;
    private final int leastPressing;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private int unreachable;

    /**
     * A worker that sends when it is run.
     *
     * @param leastPressing priority of the least pressing mails that it sends; 0 for the urgent alone
     */
    MailWorker(
            Transactions transactions,
            Subscriptions subscriptions,
            DeliverySignal signal,
            SmtpConfig config,
            Times times,
            int leastPressing) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.domain = config.domain();
        this.signal = signal;
        this.connection = new SmtpConnection(config);
        this.times = times;
        this.leastPressing = leastPressing;
    }

    void stop() {
        stopped.set(true);
        signal.somethingIsCommitted();
    }

    @Override
    public void run() {
        try (connection) {
            while (!stopped.get()) {
                work();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() throws InterruptedException {
        try {
            long known = signal.calls();
            if (sendDue() == 0) {
                signal.await(known);
            } else if (unreachable > 0) {
                Thread.sleep(pause(unreachable, LONGEST_WAIT_FOR_SERVER));
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("Mails wait: %s", failure.getClass().getName());
            Thread.sleep(FIRST_PAUSE);
        }
    }

    /** Sends some of what is due, and then notes all that was taken over; answers how many were tried. */
    private int sendDue() throws SQLException {
        var mails = transactions.run(tx -> deliveries.claim(tx, AT_ONCE, LEASE, leastPressing));
        var sent = new LinkedHashMap<UUID, Instant>();
        try {
            send(mails, sent);
        } finally {
            if (!sent.isEmpty()) {
                settle(tx -> deliveries.sent(tx, sent));
            }
        }
        return mails.size();
    }

    private void send(List<Mail> mails, Map<UUID, Instant> sent) throws SQLException {
        for (int i = 0; i < mails.size(); i++) {
            var mail = mails.get(i);
            var address = address(mail);
            if (address.isEmpty()) {
                settle(tx -> deliveries.failed(tx, mail.deliveryId(), "SUBSCRIPTION_ENDED"));
                continue;
            }
            switch (connection.send(mail, address.get(), times.now())) {
                case MailResult.Accepted ok -> {
                    unreachable = 0;
                    sent.put(mail.deliveryId(), times.now());
                }
                case MailResult.Refused refused -> {
                    unreachable = 0;
                    refuse(mail, refused);
                }
                case MailResult.Unreachable gone -> {
                    unreachable++;
                    release(mails.subList(i, mails.size()));
                    return;
                }
            }
        }
    }

    private Optional<String> address(Mail mail) throws SQLException {
        var subscription = mail.subscriptionId();
        return subscription == null
                ? Optional.of(mail.mailbox() + "@" + domain)
                : transactions.run(tx -> subscriptions.address(tx, subscription));
    }

    private void refuse(Mail mail, MailResult.Refused refused) throws SQLException {
        var code = "SMTP_" + refused.status();
        int refusals = mail.refusals() + 1;
        if (refused.forGood() && refusals >= REFUSALS_FOR_GOOD) {
            LOG.warnf("Delivery %s is refused for good: %s", mail.deliveryId(), code);
            settle(tx -> deliveries.failed(tx, mail.deliveryId(), code));
        } else {
            settle(tx -> deliveries.refused(tx, mail.deliveryId(), code, pause(refusals, LONGEST_PAUSE)));
        }
    }

    private void release(List<Mail> mails) throws SQLException {
        if (unreachable == 1) {
            LOG.warn("The mail server cannot be reached; mails wait");
        }
        var ids = mails.stream().map(Mail::deliveryId).toList();
        settle(tx -> deliveries.release(tx, ids, "SERVER_UNREACHABLE"));
    }

    /** Doubles from one time to the next, up to the longest. */
    private static Duration pause(int times, Duration longest) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 20));
        return pause.compareTo(longest) < 0 ? pause : longest;
    }

    private void settle(Settling settling) throws SQLException {
        transactions.run(tx -> {
            settling.in(tx);
            return true;
        });
    }

    @FunctionalInterface
    private interface Settling {
        void in(Connection tx);
    }
}
