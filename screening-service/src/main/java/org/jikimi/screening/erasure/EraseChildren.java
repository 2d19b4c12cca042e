package org.jikimi.screening.erasure;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.registry.RegistryLock;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.ChildStates;

/**
 * Erases 파기, every night, the children for whom the city's duty has ended and for whom nobody works, and tells the other
 * services; and with them the households that nobody lives in any more, whoever left them last. Whether a child is one of them
 * is decided again under its lock: what is heard of it before that keeps it, what is heard after finds nobody.
 */
@ApplicationScoped
public class EraseChildren implements DueHandler {
    static final String KIND = "retention";

    /** What the law's "without delay" is taken to allow, together with the longest that a backup is kept. */
    static final Duration COMPLETE_WITHIN = Duration.ofDays(35);

    private static final Logger LOG = Logger.getLogger(EraseChildren.class);
    private static final String ALL = "all";

    /** In Seoul, while the fewest signals come. */
    private static final LocalTime NIGHT = LocalTime.of(3, 0);

    private static final Duration AFTER_A_ROUND = Duration.ofHours(1);

    private final Events events;
    private final DueWork due;
    private final ForgetSubjects forget;
    private final Transactions transactions;
    private final Times times;
    private final RetentionTerms terms;
    private final Erasures erasures = new Erasures();

    public EraseChildren(
            Events events,
            DueWork due,
            ForgetSubjects forget,
            Transactions transactions,
            Times times,
            RetentionTerms terms) {
        this.events = events;
        this.due = due;
        this.forget = forget;
        this.transactions = transactions;
        this.times = times;
        this.terms = terms;
    }

    void start(@Observes StartupEvent started) throws SQLException {
        if (terms.after().isEmpty()) {
            LOG.warn("jikimi.retention.after is not set: data of children are kept for ever");
        }
        transactions.run(tx -> {
            due.plan(tx, KIND, ALL, Seoul.next(NIGHT, times.now()));
            return ALL;
        });
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        if (terms.after().isEmpty()) {
            due.plan(tx, KIND, ALL, Seoul.next(NIGHT, now));
            return;
        }
        var children = new DueChildren(new RetentionRule(terms.after().get()), Seoul.dateOf(now));
        var found = children.find(tx, terms.mostAtOnce());
        if (found.isEmpty() && !ErasedRows.haveEmptyHome(tx)) {
            due.plan(tx, KIND, ALL, Seoul.next(NIGHT, now));
        } else if (lock(tx, found)) {
            var still = children.still(tx, found.keySet());
            // whoever was merged into one of them meanwhile is not locked: both wait for the next night
            still.entrySet()
                    .removeIf(child ->
                            !found.getOrDefault(child.getKey(), List.of()).containsAll(child.getValue()));
            int homes = erase(tx, still, now);
            boolean more = still.size() == terms.mostAtOnce() || homes == ErasedRows.MOST_HOMES;
            due.plan(tx, KIND, ALL, more ? now : Seoul.next(NIGHT, now));
        } else {
            LOG.warnf("Nobody is erased yet, for rounds are being opened or judged: %s", roundsAtWork(tx));
            due.plan(tx, KIND, ALL, now.plus(AFTER_A_ROUND));
        }
    }

    /**
     * Keeps out whoever could say something of the children, and rounds that would freeze them: batches and merges wait as for
     * a merge. Answers false while a round is being opened or judged, whose rows must stay where they are. One that is
     * opened and waits to be judged does not count: it may wait for ever, and passes over the erased when it is judged.
     */
    private static boolean lock(Connection tx, Map<UUID, List<UUID>> children) throws SQLException {
        RegistryLock.take(tx);
        Aliases.change(tx);
        KeyLocks.lock(tx, ids(children).stream().map(UUID::toString).toList());
        try (var statement = tx.createStatement()) {
            statement.execute("LOCK TABLE round_child IN SHARE ROW EXCLUSIVE MODE");
        }
        return roundsAtWork(tx).isEmpty();
    }

    private static List<UUID> roundsAtWork(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT id FROM round WHERE work IS NOT NULL ORDER BY id")
                .mapTo(UUID.class)
                .list();
    }

    /**
     * Erases children who are locked, and households that nobody lives in, and tells of the children.
     *
     * @return how many households
     */
    private int erase(Connection tx, Map<UUID, List<UUID>> children, Instant now) throws SQLException {
        var ids = ids(children);
        ChildStates.lockHouseholds(tx, householdsOf(tx, ids));
        int homes = ErasedRows.erase(tx, ids);
        forget.forget(tx, ids, ids.stream().map(id -> "child:" + id).toList(), now);
        var told = new ArrayList<EventDraft>();
        for (var child : children.entrySet()) {
            var dueBy = now.plus(COMPLETE_WITHIN);
            erasures.add(tx, child.getKey(), child.getValue(), now, dueBy);
            told.add(ErasureEvents.erased(child.getKey(), child.getValue(), now, dueBy));
        }
        events.publish(tx, told);
        return homes;
    }

    private static List<UUID> ids(Map<UUID, List<UUID>> children) {
        var ids = new ArrayList<>(children.keySet());
        children.values().forEach(ids::addAll);
        return ids;
    }

    private static List<UUID> householdsOf(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery("SELECT DISTINCT household_id FROM child WHERE id = ANY (:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(UUID.class)
                .list();
    }
}
