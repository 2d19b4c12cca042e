package org.jikimi.runtime.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.Failures;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.outbox.Outbox;

/**
 * Applies events once each. One transaction per batch holds the inbox rows, what the handler changed, the events it
 * published, and the Kafka offsets; so a crash at any point leaves all of it or nothing.
 *
 * <p>A batch that fails is halved until the one record that fails alone is found; that record is parked with a
 * dead-letter event beside it, and later events of its key wait behind it. Failing infrastructure never parks anything:
 * the exception goes to the caller, who tries again.
 */
public final class Inbox implements Receiver {
    /** Where a crash can be planted. */
    public enum Step {
        HANDLED,
        BEFORE_COMMIT,
        COMMITTED
    }

    /** Called at each step; a test throws or ends the process from it. */
    @FunctionalInterface
    public interface FailPoint {
        void at(Step step);
    }

    private static final Logger LOG = Logger.getLogger(Inbox.class);

    private final Transactions transactions;
    private final InboxStore store;
    private final DeadLetters deadLetters;
    private final EventHandler handler;
    private final Tracing tracing;
    private final FailPoint failPoint;
    private final ReadOffsets offsets;
    private final AtomicLong duplicates = new AtomicLong();

    /** An inbox of one consumer that makes no spans.
     *
     * @param service names the consumer and its dead-letter topics, {@code <service>.<Event>.dlq} */
    public Inbox(String service, Transactions transactions, Outbox outbox, EventHandler handler, FailPoint failPoint) {
        this(service, transactions, outbox, handler, Tracing.none(), failPoint);
    }

    /** An inbox of one consumer. */
    public Inbox(
            String service,
            Transactions transactions,
            Outbox outbox,
            EventHandler handler,
            Tracing tracing,
            FailPoint failPoint) {
        this.transactions = transactions;
        this.store = new InboxStore(service);
        this.offsets = new ReadOffsets(store);
        this.deadLetters = new DeadLetters(service, outbox);
        this.handler = handler;
        this.tracing = tracing;
        this.failPoint = failPoint;
    }

    @Override
    public Map<TopicPartition, Long> offsets(Map<TopicPartition, Long> ends, Map<String, Uuid> topics)
            throws SQLException {
        return offsets.committed(transactions.run(tx -> offsets.begin(tx, ends, topics)));
    }

    @Override
    public Map<TopicPartition, Long> receive(List<ReceivedEvent> batch) throws SQLException {
        if (batch.isEmpty()) {
            return Map.of();
        }
        Map<TopicPartition, Long> read;
        try {
            read = receiveAtOnce(batch);
        } catch (SQLException | RuntimeException | StackOverflowError failure) {
            if (Failures.isInfrastructure(failure)) {
                throw failure;
            }
            if (batch.size() > 1) {
                var middle = batch.size() / 2;
                var both = new HashMap<>(receive(batch.subList(0, middle)));
                both.putAll(receive(batch.subList(middle, batch.size())));
                return both;
            }
            var poison = batch.getFirst();
            LOG.warnf("Put aside %s: %s", poison, failure.getClass().getName());
            read = transactions.run(tx -> putAside(tx, poison, failure));
        }
        offsets.committed(read);
        failPoint.at(Step.COMMITTED);
        return read;
    }

    private Map<TopicPartition, Long> receiveAtOnce(List<ReceivedEvent> batch) throws SQLException {
        var handling = handler.begin();
        var headers = batch.stream().map(ReceivedEvent::headers).toList();
        var read = tracing.batch(
                headers,
                () -> transactions.run(tx -> {
                    var next = apply(tx, batch, handling);
                    failPoint.at(Step.BEFORE_COMMIT);
                    return next;
                }));
        handling.committed();
        return read;
    }

    /**
     * Tries a key's failed event again, and those behind it, in their order. Calling it twice does nothing twice.
     *
     * <p>One that lacks its predecessor lets the others pass, among whom that may be.
     *
     * @param tx of the caller, with whose own rows the outcome commits
     * @return how many were applied in their turn; the rest stay parked
     * @throws SQLException if infrastructure failed
     */
    public int replay(Connection tx, String key) throws SQLException {
        KeyLocks.lock(tx, List.of(key));
        int applied = 0;
        for (var event : store.parked(tx, key, ParkReason.FAILED, ParkReason.BEHIND)) {
            var settled = settleAlone(tx, event);
            if (settled == Settled.FAILED) {
                break;
            }
            applied += settled == Settled.DONE ? 1 : 0;
        }
        retryEarly(tx, key);
        return applied;
    }

    /** Events that came again and were dropped. */
    public long duplicates() {
        return duplicates.get();
    }

    /** Events that can never be applied as they are. */
    public long deadLetters() {
        return deadLetters.sent();
    }

    private Map<TopicPartition, Long> apply(Connection tx, List<ReceivedEvent> batch, EventHandler handling)
            throws SQLException {
        var partitions = new LinkedHashSet<TopicPartition>();
        batch.forEach(event -> partitions.add(event.place()));
        var next = offsets.lock(tx, partitions);
        var unread = batch.stream()
                .filter(event -> event.offset() >= next.getOrDefault(event.place(), 0L))
                .toList();
        if (!unread.isEmpty()) {
            KeyLocks.lock(tx, unread.stream().map(DeadLetters::keyOf).toList());
            applyNew(tx, unread, handling);
            offsets.advance(tx, next, unread);
        }
        return next;
    }

    private void applyNew(Connection tx, List<ReceivedEvent> unread, EventHandler handling) throws SQLException {
        var fit = new ArrayList<ReceivedEvent>();
        for (var event : unread) {
            var reason = deadLetters.reasonFor(event);
            if (reason.isPresent()) {
                LOG.warnf("Dead letter %s: %s", event, reason.get());
                deadLetters.send(tx, event, reason.get());
            } else {
                fit.add(event);
            }
        }
        applyFit(tx, fit, handling);
    }

    private void applyFit(Connection tx, List<ReceivedEvent> fit, EventHandler handling) throws SQLException {
        var fresh = store.insertIds(tx, fit.stream().map(ReceivedEvent::id).toList());
        var blocked = store.blockedKeys(tx, keys(fit));
        var applied = new LinkedHashSet<String>();
        var seen = new HashSet<UUID>();
        for (var event : fit) {
            if (!fresh.contains(event.id()) || !seen.add(event.id())) {
                duplicates.incrementAndGet();
            } else if (blocked.contains(event.key()) && !handling.overtakes(event)) {
                store.park(tx, event, ParkReason.BEHIND, "BEHIND_A_FAILED_EVENT");
            } else {
                applyOne(tx, event, handling, blocked, applied);
            }
        }
        handling.finish(tx);
        for (var key : store.keysParked(tx, applied, ParkReason.EARLY)) {
            retryEarly(tx, key);
        }
    }

    private void applyOne(
            Connection tx, ReceivedEvent event, EventHandler handling, Set<String> blocked, Set<String> applied)
            throws SQLException {
        var outcome = handle(tx, event, handling);
        failPoint.at(Step.HANDLED);
        switch (outcome) {
            case Outcome.Applied done -> {
                applied.add(event.key());
                if (handling.overtakes(event)) {
                    blocked.remove(event.key());
                }
            }
            case Outcome.Stale old -> LOG.debugf("Older than the state: %s", event);
            case Outcome.Early early -> store.park(tx, event, ParkReason.EARLY, early.code());
            case Outcome.Rejected rejected -> {
                parkFailed(tx, event, rejected.code());
                blocked.add(event.key());
            }
        }
    }

    private Outcome handle(Connection tx, ReceivedEvent event, EventHandler handling) throws SQLException {
        return tracing.event(event.topic(), event.headers(), () -> handling.handle(event, tx));
    }

    /** Tries the early ones of a key again, as long as one of them lets another in. */
    private void retryEarly(Connection tx, String key) throws SQLException {
        boolean progress = true;
        while (progress) {
            progress = false;
            for (var event : store.parked(tx, key, ParkReason.EARLY)) {
                progress |= settleAlone(tx, event) == Settled.DONE;
            }
        }
    }

    /** Settles a parked event behind a savepoint, so that its failure undoes nothing else and is blamed on it alone. */
    private Settled settleAlone(Connection tx, ReceivedEvent event) throws SQLException {
        var before = tx.setSavepoint();
        try {
            return settle(tx, event);
        } catch (SQLException | RuntimeException | StackOverflowError failure) {
            if (Failures.isInfrastructure(failure)) {
                throw failure;
            }
            tx.rollback(before);
            parkFailed(tx, event, DeadLetters.codeOf(failure));
            return Settled.FAILED;
        }
    }

    private enum Settled {
        DONE,
        EARLY,
        FAILED
    }

    /** Handles a parked event; one that is done need not wait any longer. */
    private Settled settle(Connection tx, ReceivedEvent event) throws SQLException {
        var handling = handler.begin();
        var outcome = handle(tx, event, handling);
        handling.finish(tx);
        return switch (outcome) {
            case Outcome.Applied done -> {
                store.unpark(tx, event.id());
                yield Settled.DONE;
            }
            case Outcome.Stale old -> {
                store.unpark(tx, event.id());
                yield Settled.DONE;
            }
            case Outcome.Early early -> {
                store.park(tx, event, ParkReason.EARLY, early.code());
                yield Settled.EARLY;
            }
            case Outcome.Rejected rejected -> {
                parkFailed(tx, event, rejected.code());
                yield Settled.FAILED;
            }
        };
    }

    /**
     * Parks a record that fails alone; but what is no JSON is told to the dead-letter topic alone. Nothing can ever be
     * applied of it, and parked it would hold back its child for ever.
     */
    private Map<TopicPartition, Long> putAside(Connection tx, ReceivedEvent poison, Throwable failure)
            throws SQLException {
        var next = offsets.lock(tx, List.of(poison.place()));
        if (poison.offset() >= next.getOrDefault(poison.place(), 0L)) {
            KeyLocks.lock(tx, List.of(poison.key()));
            if (!store.insertIds(tx, List.of(poison.id())).isEmpty()) {
                if (failure instanceof Json.Unreadable unreadable && unreadable.isHopeless()) {
                    deadLetters.send(tx, poison, DeadLetters.codeOf(failure));
                } else {
                    parkFailed(tx, poison, DeadLetters.codeOf(failure));
                }
            }
            offsets.advance(tx, next, List.of(poison));
        }
        return next;
    }

    /** Parks the event as failed; its dead letter is sent the first time alone. */
    private void parkFailed(Connection tx, ReceivedEvent event, String code) throws SQLException {
        var failedBefore = store.isFailed(tx, event.id());
        store.park(tx, event, ParkReason.FAILED, code);
        if (!failedBefore) {
            deadLetters.send(tx, event, code);
        }
    }

    private static List<String> keys(List<ReceivedEvent> events) {
        return new ArrayList<>(
                new LinkedHashSet<>(events.stream().map(ReceivedEvent::key).toList()));
    }
}
