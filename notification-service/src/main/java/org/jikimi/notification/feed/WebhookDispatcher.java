package org.jikimi.notification.feed;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/**
 * Gives every subscriber who has something due a turn of its own, in which its events leave in their order until one
 * fails. One that fails waits longer and longer for its next turn, up to an hour, and holds up no other.
 */
final class WebhookDispatcher implements Runnable {
    private static final int TURNS_AT_ONCE = 64;
    private static final int EVENTS_A_TURN = 10;
    private static final Duration LEASE = Duration.ofMinutes(3);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Logger LOG = Logger.getLogger(WebhookDispatcher.class);

    private final Transactions transactions;
    private final Feeds feeds = new Feeds();
    private final Subscriptions subscriptions;
    private final FeedSignal signal;
    private final WebhookSender sender;
    private final Times times;
    private final Semaphore places = new Semaphore(TURNS_AT_ONCE);
    private final AtomicBoolean stopped = new AtomicBoolean();

    WebhookDispatcher(
            Transactions transactions,
            Subscriptions subscriptions,
            FeedSignal signal,
            WebhookSender sender,
            Times times) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.signal = signal;
        this.sender = sender;
        this.times = times;
    }

    void stop() {
        stopped.set(true);
        signal.somethingIsPlanned();
    }

    @Override
    public void run() {
        try (sender) {
            while (!stopped.get()) {
                if (!giveTurn()) {
                    signal.await();
                }
            }
            places.acquire(TURNS_AT_ONCE); // turns under way end first
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean giveTurn() throws InterruptedException {
        places.acquire();
        boolean given = false;
        try {
            var turn = transactions.run(tx -> feeds.takeTurn(tx, LEASE));
            if (turn.isPresent()) {
                Thread.ofVirtual().name("webhook").start(() -> take(turn.get()));
                given = true;
            }
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("Webhooks wait: %s", failure.getClass().getName());
        } finally {
            if (!given) {
                places.release();
            }
        }
        return given;
    }

    private void take(Feeds.Turn turn) {
        try {
            int failures = sendDue(turn);
            var pause = failures == 0 ? Duration.ZERO : pause(failures);
            transactions.run(tx -> {
                feeds.giveBack(tx, turn.subscriptionId(), failures, pause);
                return true;
            });
            signal.somethingIsPlanned();
        } catch (SQLException | RuntimeException failure) {
            LOG.warnf("A webhook waits: %s", failure.getClass().getName());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    /** Sends some of what is due; answers how often the endpoint has now failed in a row. */
    private int sendDue(Feeds.Turn turn) throws SQLException, InterruptedException {
        var id = turn.subscriptionId();
        var endpoint = transactions.run(tx -> subscriptions.endpoint(tx, id));
        if (endpoint.isEmpty()) {
            return turn.failures() + 1;
        }
        for (var event : transactions.run(tx -> feeds.due(tx, id, EVENTS_A_TURN))) {
            switch (sender.send(id, endpoint.get(), event)) {
                case WebhookSender.Result.Taken ok -> sent(id, event.eventId());
                case WebhookSender.Result.Gone gone -> {
                    end(id, event.eventId());
                    return turn.failures() + 1;
                }
                case WebhookSender.Result.Failed failed -> {
                    failed(id, event.eventId(), failed.code());
                    return turn.failures() + 1;
                }
            }
        }
        return 0;
    }

    private void sent(UUID subscription, UUID event) throws SQLException {
        transactions.run(tx -> {
            feeds.sent(tx, subscription, event, times.now());
            return true;
        });
    }

    private void failed(UUID subscription, UUID event, String code) throws SQLException {
        transactions.run(tx -> {
            feeds.failed(tx, subscription, event, code);
            return true;
        });
    }

    private void end(UUID subscription, UUID event) throws SQLException {
        transactions.run(tx -> {
            feeds.failed(tx, subscription, event, "HTTP_410");
            subscriptions.end(tx, subscription);
            return true;
        });
    }

    private static Duration pause(int failures) {
        var pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }
}
