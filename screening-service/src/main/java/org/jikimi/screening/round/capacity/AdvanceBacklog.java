package org.jikimi.screening.round.capacity;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
 * its place and is passed over where the programme spares such children, and one whose selection was withdrawn.
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
            SELECT f.* FROM flag f JOIN dong_capacity c USING (dong_code)
            WHERE f.round_id = :round AND f.state = 'BACKLOG' AND f.withdrawn_for IS NULL
              AND NOT EXISTS (SELECT 1 FROM child k WHERE k.id = f.child_id AND k.status <> 'RESIDENT')
              AND NOT EXISTS (SELECT 1 FROM open_work w
                              WHERE :spared AND surviving(w.child_id) = surviving(f.child_id) AND w.open)
              AND NOT EXISTS (SELECT 1 FROM flag o
                              WHERE :spared AND surviving(o.child_id) = surviving(f.child_id) AND o.state = 'FLAGGED')
            ORDER BY f.dong_code, f.rank FOR UPDATE OF f""";
    private static final String MOVE_UP = """
            UPDATE flag SET state = 'FLAGGED', version = version + 1, promoted_at = :now WHERE id = :id""";

    private final Events events;
    private final DueWork due;
    private final Rounds rounds = new Rounds();

    public AdvanceBacklog(Events events, DueWork due) {
        this.events = events;
        this.due = due;
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
        var id = UUID.fromString(subject);
        var round = rounds.find(tx, id).orElseThrow();
        if (!round.isUnderWay()) {
            return;
        }
        var at = now.truncatedTo(ChronoUnit.MICROS);
        var promoted = next(tx, round).stream().map(flag -> flag.promoted(at)).toList();
        if (promoted.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx).prepareBatch(MOVE_UP);
        promoted.forEach(flag -> batch.bind("id", flag.id()).bind("now", at).add());
        batch.execute();
        var households = promoted.stream().map(Flag::householdId).distinct().toList();
        var children = new RoundInputs(tx, id).childrenOf(households);
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

    /** Whom each dong can visit beside those on its list; a household that is on it already takes no other visit. */
    private static List<Flag> next(Connection tx, Round round) {
        var onList = new HashMap<String, HashSet<UUID>>();
        Sql.on(tx)
                .createQuery(ON_LIST)
                .bind("round", round.id())
                .map((row, c) -> Map.entry(row.getString(1), row.getObject(2, UUID.class)))
                .forEach(visit -> onList.computeIfAbsent(visit.getKey(), dong -> new HashSet<>())
                        .add(visit.getValue()));
        var capacity = DongCapacities.now(tx);
        var promoted = new ArrayList<Flag>();
        Sql.on(tx)
                .createQuery(WAITING)
                .setFetchSize(AT_ONCE)
                .bind("round", round.id())
                .bind("spared", round.plan().programme().sparesOpenWork())
                .map((row, c) -> Flags.flag(row))
                .forEach(flag -> {
                    var visits = onList.computeIfAbsent(flag.dongCode(), dong -> new HashSet<>());
                    if (visits.contains(flag.householdId())) {
                        promoted.add(flag);
                    } else if (visits.size() < capacity.getOrDefault(flag.dongCode(), 0)) {
                        visits.add(flag.householdId());
                        promoted.add(flag);
                    }
                });
        return promoted;
    }
}
