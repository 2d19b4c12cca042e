package org.jikimi.screening.round.capacity;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.FlagEvents;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.round.inputs.RoundInputs;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.signal.Aliases;

/**
 * Moves children of a round's backlog up, in their order, when their dong can visit more households than the round has
 * flagged; while the round is screened again too, which changes nothing of it. A child for whom somebody works by then keeps
 * its place and is passed over where the programme spares such children, and one whose selection was withdrawn. Many move up
 * some at a time, each part in a transaction of its own, and come out as if they had moved at once.
 */
@ApplicationScoped
public class AdvanceBacklog implements DueHandler {
    /** Kind of the due work that does it; its subject is the round. */
    public static final String KIND = "round-backlog";

    /** Rows of the backlog in memory at a time. */
    private static final int AT_ONCE = 1_000;

    private static final String ON_LIST = """
            SELECT DISTINCT dong_code, household_id FROM flag WHERE round_id = :round AND state <> 'BACKLOG'""";
    private static final String WAITING = """
            SELECT f.id, f.dong_code, f.household_id FROM flag f JOIN dong_capacity c USING (dong_code)
            WHERE f.round_id = :round AND f.state = 'BACKLOG' AND f.withdrawn_for IS NULL
              AND NOT EXISTS (SELECT 1 FROM child k WHERE k.id = surviving(f.child_id) AND k.status <> 'RESIDENT')
              AND NOT EXISTS (SELECT 1 FROM open_work w
                              WHERE :spared AND surviving(w.child_id) = surviving(f.child_id) AND w.open)
              AND NOT EXISTS (SELECT 1 FROM flag o
                              WHERE :spared AND surviving(o.child_id) = surviving(f.child_id) AND o.state = 'FLAGGED')
            ORDER BY f.dong_code, f.rank""";
    private static final String STILL_WAITING = """
            SELECT * FROM flag WHERE id = ANY (:ids) AND state = 'BACKLOG' AND withdrawn_for IS NULL
            ORDER BY dong_code, rank FOR UPDATE""";
    private static final String MOVE_UP = """
            UPDATE flag SET state = 'FLAGGED', version = version + 1, promoted_at = :now WHERE id = :id""";

    private final Events events;
    private final DueWork due;
    private final int atOnce;
    private final Rounds rounds = new Rounds();

    /**
     * Moves up the backlogs of any round.
     *
     * @param atOnce children that move up together, unless one household has more: each takes a place in the lock table that
     *     all connections share
     */
    public AdvanceBacklog(
            Events events, DueWork due, @ConfigProperty(name = "jikimi.screening.moving-up-at-once") int atOnce) {
        this.events = events;
        this.due = due;
        this.atOnce = atOnce;
    }

    /** Has the backlogs of all rounds looked at whose flags are worked on, or are about to be given. */
    public void order(Connection tx, Instant now) throws SQLException {
        for (var round : rounds.openedAndNotClosed(tx)) {
            due.plan(tx, KIND, round.toString(), now);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var round = rounds.find(tx, UUID.fromString(subject)).orElseThrow();
        if (!round.isUnderWay() || round.figures().backlog() == 0) {
            return;
        }
        var next = next(tx, round);
        var part = part(next);
        moveUp(tx, round, part, now.truncatedTo(ChronoUnit.MICROS));
        if (part.size() < next.stream().mapToInt(List::size).sum()) {
            due.plan(tx, KIND, subject, now);
        }
    }

    private void moveUp(Connection tx, Round round, List<UUID> part, Instant now) throws SQLException {
        var promoted =
                stillWaiting(tx, part).stream().map(flag -> flag.promoted(now)).toList();
        if (promoted.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx).prepareBatch(MOVE_UP);
        promoted.forEach(flag -> batch.bind("id", flag.id()).bind("now", now).add());
        batch.execute();
        var households = promoted.stream().map(Flag::householdId).distinct().toList();
        var children = new RoundInputs(tx, round.id()).childrenOf(households);
        var aliases = Aliases.of(tx, promoted.stream().map(Flag::childId).toList());
        events.publish(
                tx,
                promoted.stream()
                        .map(flag -> flag.of(aliases.getOrDefault(flag.childId(), flag.childId())))
                        .map(flag -> FlagEvents.flagged(flag, children))
                        .toList());
        if (!rounds.save(tx, round.movedUp(promoted.size()))) {
            throw new IllegalStateException("another change of the round came first");
        }
    }

    /** A household is never parted: once the visit is planned, who is left of it would be passed over as worked for. */
    private List<UUID> part(Collection<List<UUID>> households) {
        var part = new ArrayList<UUID>();
        for (var household : households) {
            if (!part.isEmpty() && part.size() + household.size() > atOnce) {
                break;
            }
            part.addAll(household);
        }
        return part;
    }

    private static List<Flag> stillWaiting(Connection tx, List<UUID> flags) {
        return Sql.on(tx)
                .createQuery(STILL_WAITING)
                .bindArray("ids", UUID.class, flags)
                .map((row, c) -> Flags.flag(row))
                .list();
    }

    private record Home(String dong, UUID household) {}

    private record Waiting(UUID flag, Home home) {}

    /**
     * Whom each dong can visit beside those on its list, by household, in their order; a household that is on it already
     * takes no other visit.
     */
    private static Collection<List<UUID>> next(Connection tx, Round round) {
        var onList = new HashMap<String, HashSet<UUID>>();
        Sql.on(tx)
                .createQuery(ON_LIST)
                .bind("round", round.id())
                .map((row, c) -> new Home(row.getString(1), row.getObject(2, UUID.class)))
                .forEach(home -> onList.computeIfAbsent(home.dong(), dong -> new HashSet<>())
                        .add(home.household()));
        var capacity = DongCapacities.now(tx);
        var next = new LinkedHashMap<Home, List<UUID>>();
        Sql.on(tx)
                .createQuery(WAITING)
                .setFetchSize(AT_ONCE)
                .bind("round", round.id())
                .bind("spared", round.plan().programme().sparesOpenWork())
                .map((row, c) -> new Waiting(
                        row.getObject(1, UUID.class), new Home(row.getString(2), row.getObject(3, UUID.class))))
                .forEach(waiting -> {
                    var home = waiting.home();
                    var visits = onList.computeIfAbsent(home.dong(), dong -> new HashSet<>());
                    if (visits.contains(home.household())
                            || (visits.size() < capacity.getOrDefault(home.dong(), 0)
                                    && visits.add(home.household()))) {
                        next.computeIfAbsent(home, one -> new ArrayList<>()).add(waiting.flag());
                    }
                });
        return next.values();
    }
}
