package org.jikimi.runtime.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.event.TopicIds;
import org.jspecify.annotations.Nullable;

/**
 * Carries the outbox to Kafka: every committed event at least once, and the first arrivals of a key in the order of
 * their transactions.
 *
 * <p>A sequence number alone cannot say what has been sent, since a transaction may commit late with an early number.
 * So the relay reads by snapshot: what became visible between the snapshot of its last pass and that of this one,
 * ordered by sequence number, in pages. Its position is saved after Kafka has acknowledged the page; a crash before
 * that sends the page again under the same ids, which the inboxes drop.
 *
 * <p>A topic that Kafka does not have holds up its own events alone.
 */
public final class Relay implements Runnable, AutoCloseable {
    /** Where a crash can be planted. */
    public enum Step {
        MARK_KEPT,
        PAGE_READ,
        PAGE_SENT,
        POSITION_SAVED
    }

    /** Called at each step; a test throws or ends the process from it. */
    @FunctionalInterface
    public interface FailPoint {
        void at(Step step);
    }

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final Duration LOOK_AT_TOPICS_EVERY = Duration.ofSeconds(15);
    private static final Duration LOOK_FOR_MISSING_EVERY = Duration.ofSeconds(1);
    private static final Duration QUIET_AFTER = Duration.ofSeconds(1);
    private static final Duration QUIET_POLL = Duration.ofMillis(100);
    static final String PAGE = "SELECT " + OutboxRow.COLUMNS + """
             FROM outbox
            WHERE tx >= ?::xid8 AND tx < ?::xid8
              AND NOT pg_visible_in_snapshot(tx, ?::pg_snapshot) AND pg_visible_in_snapshot(tx, ?::pg_snapshot)
              AND seq > ?
            ORDER BY seq LIMIT ?""";

    /** As an expression, so that the planner does not walk the index of numbers past all that was ever sent. */
    static final String LOWEST = """
            SELECT min(seq + 0) FROM outbox
            WHERE tx >= ?::xid8 AND tx < ?::xid8
              AND NOT pg_visible_in_snapshot(tx, ?::pg_snapshot) AND pg_visible_in_snapshot(tx, ?::pg_snapshot)""";

    private final DataSource database;
    private final Supplier<Producer<String, byte[]>> producers;
    private final int pageSize;
    private final Duration poll;
    private final FailPoint failPoint;
    private final @Nullable RelayMarks marks;
    private final TopicIds topicIds;
    private final AtomicLong sent = new AtomicLong();
    private long lastSentAt = System.nanoTime();
    private volatile boolean leading;
    private volatile boolean closed;
    private volatile @Nullable Thread runner;

    /**
     * A relay that runs when {@link #run} is called and waits for its turn to lead.
     *
     * @param database gives connections outside any pool and past any transaction-mode pooler: leadership is a lock of
     *     the session
     * @param producers makes idempotent producers with acks=all and delivery.timeout.ms at its maximum
     * @param pageSize events sent between two savings of the position
     * @param poll pause between two looks at an empty outbox; 100 ms once it has been empty for a second, since only commits of
     *     other processes do not wake it
     * @param marks where high-water marks are kept; without them a restored database is not recognised
     * @param topicIds tells a topic that was made anew, to which all that is kept is then sent again
     */
    public Relay(
            DataSource database,
            Supplier<Producer<String, byte[]>> producers,
            int pageSize,
            Duration poll,
            FailPoint failPoint,
            @Nullable RelayMarks marks,
            TopicIds topicIds) {
        this.database = database;
        this.producers = producers;
        this.pageSize = pageSize;
        this.poll = poll;
        this.failPoint = failPoint;
        this.marks = marks;
        this.topicIds = topicIds;
    }

    /** Relays until closed. Whatever fails, it starts again from the saved position. */
    @Override
    public void run() {
        runner = Thread.currentThread();
        while (!closed) {
            try {
                lead();
            } catch (InterruptedException stop) {
                return;
            } catch (Throwable failure) { // also an Error of a driver: a relay that ends unnoticed is the worst of all
                LOG.warnf(
                        "Relay starts again from its saved position: %s",
                        failure.getClass().getName());
                pause(Duration.ofMillis(200));
            } finally {
                leading = false;
            }
        }
    }

    /** Looks at the outbox at once; called after a commit in this process. */
    public void wake() {
        var thread = runner;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    public boolean isLeading() {
        return leading;
    }

    /** Events acknowledged by Kafka since this relay was made. */
    public long sent() {
        return sent.get();
    }

    /**
     * Lets go of the leadership after the page in hand: Kafka has acknowledged it and the position is saved, so that
     * whoever leads next sends nothing twice. Does not wait for it; a broker that is down is waited for without end.
     */
    public void finish() {
        closed = true;
        wake();
    }

    /** Lets go of the leadership at once, also while it waits for a broker that is down; what is unsaved is sent again later. */
    @Override
    public void close() {
        finish();
        var thread = runner;
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void lead() throws SQLException, ExecutionException, InterruptedException {
        try (var session = database.getConnection()) {
            if (!KeyLocks.tryLeadRelay(session)) {
                pause(Duration.ofMillis(500));
                return;
            }
            var position = Position.takeOver(session);
            var producer = producers.get();
            try {
                var topics = new SentTopics(topicIds);
                position = goOnIfRestored(session, producer, position);
                pageByNumber(session);
                leading = true;
                var looked = 0L;
                while (!closed) {
                    var every = topics.isMissingSome() ? LOOK_FOR_MISSING_EVERY : LOOK_AT_TOPICS_EVERY;
                    if (looked == 0 || System.nanoTime() - looked > every.toNanos()) {
                        position = lookAtTopics(session, topics, position);
                        looked = System.nanoTime();
                    }
                    position = pass(session, producer, topics, position);
                }
            } finally {
                // Without delay: nothing of this producer may arrive after its successor has begun.
                producer.close(Duration.ZERO);
            }
        }
    }

    /** Recognises a restored database, before anything of it is sent. */
    private Position goOnIfRestored(Connection session, Producer<String, byte[]> producer, Position position)
            throws SQLException, ExecutionException, InterruptedException {
        var mark = marks == null ? null : marks.furthest().orElse(null);
        if (mark == null || !Restoration.isBehind(session, mark)) {
            return position;
        }
        LOG.error("This database is behind what was sent from it: it was restored. What it keeps is sent again");
        var begun = Restoration.goOn(session, mark, position);
        keepMark(session, producer, begun);
        return begun;
    }

    /** What Kafka has lost of topics is sent to those that stand in their place, and what waited for a topic that is there now. */
    private static Position lookAtTopics(Connection session, SentTopics topics, Position position) throws SQLException {
        var look = topics.look(session);
        if (look.isQuiet()) {
            return position;
        }
        var begun = Resending.inOneSnapshot(session, tx -> {
            SentTopics.save(tx, look.anew());
            SentTopics.save(tx, look.back());
            var inserted =
                    Resending.unmarked(tx, look.anew().keySet(), look.back().keySet());
            if (!look.anew().isEmpty()) {
                LOG.errorf(
                        "Kafka has lost what was sent to %s: all kept events are sent again",
                        look.anew().keySet());
            }
            if (!look.back().isEmpty()) {
                LOG.infof(
                        "Kafka has the topics %s again: %d events that waited are sent",
                        look.back().keySet(), inserted);
            }
            return Resending.startAnew(tx, position, 0, null);
        });
        topics.waitsNoMoreFor(look);
        return begun;
    }

    /** Tells outside how far the database has come, before anything that it holds by now is sent. */
    private void keepMark(Connection session, Producer<String, byte[]> producer, Position position)
            throws SQLException, ExecutionException, InterruptedException {
        if (marks != null) {
            producer.send(marks.record(position.announce(session))).get();
            failPoint.at(Step.MARK_KEPT);
        }
    }

    /**
     * Has pages read by the index of numbers. Of a bulk transaction that has just committed the planner knows nothing
     * yet; it would sort all of it for every page.
     */
    static void pageByNumber(Connection session) throws SQLException {
        try (var statement = session.createStatement()) {
            statement.execute("SET enable_sort = off");
        }
    }

    /** Sends what is visible in the position's target, then aims at what is visible now. */
    private Position pass(Connection session, Producer<String, byte[]> producer, SentTopics topics, Position from)
            throws SQLException, ExecutionException, InterruptedException {
        var position = from;
        var begun = from.lastSeq() > 0;
        var page = begun ? read(session, from) : readFirst(session, from);
        if (page.isEmpty() && !begun) {
            pause(isQuiet() ? QUIET_POLL : poll); // the whole pass was empty, however busy the other tables are
        }
        if (!page.isEmpty() && !begun) {
            keepMark(session, producer, position);
        }
        while (!page.isEmpty()) {
            failPoint.at(Step.PAGE_READ);
            var types = new HashSet<String>();
            page.forEach(row -> types.add(row.type()));
            topics.remember(session, types, position);
            var going =
                    page.stream().filter(row -> !topics.isMissing(row.type())).toList();
            types.removeIf(topics::isMissing);
            var acknowledgements = send(producer, going);
            position = position.after(page.getLast().seq());
            // The next page is read while Kafka writes this one; nothing of it is sent before this one is safe.
            var next = page.size() < pageSize ? List.<OutboxRow>of() : read(session, position);
            awaitKafka(acknowledgements, topics, types);
            failPoint.at(Step.PAGE_SENT);
            position.save(session);
            failPoint.at(Step.POSITION_SAVED);
            sent.addAndGet(going.size());
            lastSentAt = System.nanoTime();
            if (closed) {
                return position;
            }
            page = next;
        }
        return position.aimAt(currentSnapshot(session));
    }

    /** Only another replica can have written what nobody has woken this relay for. */
    private boolean isQuiet() {
        return System.nanoTime() - lastSentAt > QUIET_AFTER.toNanos();
    }

    /** The first page of a pass: paging by number begins at its lowest one. */
    private List<OutboxRow> readFirst(Connection session, Position position) throws SQLException {
        if (position.isPassDone()) {
            return List.of();
        }
        try (var select = session.prepareStatement(LOWEST)) {
            select.setString(1, position.lowestUnsent());
            select.setString(2, position.beyondTarget());
            select.setString(3, position.prev());
            select.setString(4, position.target());
            try (var row = select.executeQuery()) {
                row.next();
                var lowest = row.getLong(1);
                return row.wasNull() ? List.of() : read(session, position.after(lowest - 1));
            }
        }
    }

    private List<OutboxRow> read(Connection session, Position position) throws SQLException {
        try (var select = session.prepareStatement(PAGE)) {
            select.setString(1, position.lowestUnsent());
            select.setString(2, position.beyondTarget());
            select.setString(3, position.prev());
            select.setString(4, position.target());
            select.setLong(5, position.lastSeq());
            select.setInt(6, pageSize);
            return OutboxRow.list(select);
        }
    }

    /** Sends a page; nothing of it after a row that the producer could not even take, lest that arrive first. */
    private static List<Future<RecordMetadata>> send(Producer<String, byte[]> producer, List<OutboxRow> page)
            throws ExecutionException, InterruptedException {
        var acknowledgements = new ArrayList<Future<RecordMetadata>>(page.size());
        for (var row : page) {
            var acknowledgement = producer.send(row.toRecord());
            if (acknowledgement.isDone()) {
                acknowledgement.get();
            }
            acknowledgements.add(acknowledgement);
        }
        return acknowledgements;
    }

    /** Waits for as long as Kafka takes, unless a topic is gone meanwhile. */
    private static void awaitKafka(List<Future<RecordMetadata>> acknowledgements, SentTopics topics, Set<String> types)
            throws ExecutionException, InterruptedException {
        for (var acknowledgement : acknowledgements) {
            for (var acknowledged = false; !acknowledged; ) {
                try {
                    acknowledgement.get(LOOK_AT_TOPICS_EVERY.toSeconds(), TimeUnit.SECONDS);
                    acknowledged = true;
                } catch (TimeoutException slow) {
                    topics.requireThere(types);
                }
            }
        }
    }

    private static String currentSnapshot(Connection session) throws SQLException {
        try (var statement = session.createStatement();
                var row = statement.executeQuery("SELECT pg_current_snapshot()::text")) {
            row.next();
            return row.getString(1);
        }
    }

    private void pause(Duration time) {
        if (!closed) {
            LockSupport.parkNanos(time.toNanos());
        }
    }
}
