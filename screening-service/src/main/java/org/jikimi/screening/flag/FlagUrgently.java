package org.jikimi.screening.flag;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Scorecard;

/**
 * Flags children at once, between rounds: those with a new urgent signal, and those whom a change has lifted to the
 * urgent threshold while nobody is on the way to them. One open urgent flag a child is enough, and who was visited and is
 * still above the threshold is not flagged again by whatever else changes.
 *
 * <p>A child lifted while somebody works for it is not flagged when that work ends either: who works for it has heard of it
 * at once, by {@code ChildSignalRaised}, or by {@code ChildIdentityMerged} of a merge, and has ended the work knowing it; or
 * it is the family itself that has changed, which whoever works for the child knows before the register does.
 */
@ApplicationScoped
public class FlagUrgently {
    /** Statistics may be of a day on which nothing was signalled yet: OFFSET 0 keeps the planner from going by them. */
    static final String CANDIDATES = """
            SELECT c.id, c.household_id, c.birth_date, c.family_type, c.district_code, c.dong_code, s.mask, s.observed,
                   EXISTS (SELECT 1 FROM open_work w WHERE w.open AND w.child_id = c.id)
                       OR EXISTS (SELECT 1 FROM child_alias a JOIN open_work w ON w.child_id = a.alias_id
                                  WHERE w.open AND a.child_id = c.id) AS open_work
            FROM unnest(?::uuid[]) AS one (id)
            CROSS JOIN LATERAL (SELECT mask, observed FROM child_state WHERE child_id = one.id OFFSET 0) AS s
            JOIN child c ON c.id = one.id
            WHERE s.mask <> 0 AND c.status = 'RESIDENT'
            ORDER BY c.id""";

    private static final String OPEN_FLAGS = """
            SELECT surviving(child_id) AS child_id, id, urgent FROM flag
            WHERE state = 'FLAGGED' AND child_id IN (
                SELECT unnest(?::uuid[]) UNION ALL SELECT alias_id FROM child_alias WHERE child_id = ANY (?))""";

    private final Events events;
    private final Times times;
    private final LegalBases bases;
    private final Models models = new Models();
    private final Flags flags = new Flags();

    public FlagUrgently(Events events, Times times, LegalBases bases) {
        this.events = events;
        this.times = times;
        this.bases = bases;
    }

    private record Candidate(
            UUID childId, UUID householdId, String districtCode, String dongCode, Facts facts, boolean openWork) {
        Facts facts(News.Before before) {
            var registered = Objects.requireNonNullElseGet(
                    before.registered(),
                    () -> new News.Registered(facts.birthDate(), facts.familyType(), facts.districtCode()));
            return new Facts(
                    registered.birthDate(),
                    registered.familyType(),
                    registered.districtCode(),
                    before.mask(),
                    before.observed());
        }
    }

    private record Due(Candidate candidate, boolean newUrgent, boolean lifted) {}

    private record Open(Map<UUID, UUID> urgent, Set<UUID> any) {}

    /** Flags who must be flagged among children of whom a decision on identity has changed what they are. */
    public void consider(Connection tx, Collection<UUID> children) throws SQLException {
        var before = new HashMap<UUID, News.Before>();
        children.forEach(child -> before.put(child, News.Before.NOTHING));
        consider(tx, children, new News(Map.of(), Map.of(), before));
    }

    /**
     * Flags who must be flagged among children of whom something was said.
     *
     * @return the open urgent flag of each child that has one with an urgent signal, or was flagged now
     */
    public Map<UUID, UUID> consider(Connection tx, Collection<UUID> children, News news) throws SQLException {
        var today = times.today();
        var scorecard = new Scorecard(models.active(tx, times.now()), today, bases.inForce(tx, today));
        var due = new ArrayList<Due>();
        for (var candidate : candidates(tx, children)) {
            boolean lifted = !candidate.openWork() && isLifted(candidate, scorecard, news);
            if (lifted || isUrgent(candidate, scorecard, news.urgent(candidate.childId()))) {
                due.add(new Due(candidate, hasNewUrgent(candidate, scorecard, news), lifted));
            }
        }
        return due.isEmpty() ? Map.of() : flag(tx, due, scorecard, today);
    }

    private Map<UUID, UUID> flag(Connection tx, List<Due> due, Scorecard scorecard, LocalDate today)
            throws SQLException {
        var open =
                openFlags(tx, due.stream().map(one -> one.candidate().childId()).toList());
        var told = new HashMap<UUID, UUID>();
        var fresh = new ArrayList<Flag>();
        for (var one : due) {
            var child = one.candidate().childId();
            var known = open.urgent().get(child);
            if (known != null) {
                told.put(child, known);
            } else if (one.newUrgent() || (one.lifted() && !open.any().contains(child))) {
                var flag = urgentFlag(one.candidate(), scorecard, today);
                fresh.add(flag);
                told.put(child, flag.id());
            }
        }
        if (!fresh.isEmpty()) {
            flags.addAll(tx, fresh);
            var siblings = siblings(tx, fresh);
            events.publish(
                    tx,
                    fresh.stream()
                            .map(flag -> FlagEvents.flagged(flag, siblings))
                            .toList());
        }
        return told;
    }

    private static boolean isLifted(Candidate candidate, Scorecard scorecard, News news) {
        if (scorecard.score(candidate.facts()) < scorecard.urgentThreshold()) {
            return false;
        }
        var before = news.before(candidate.childId());
        return before != null && scorecard.score(candidate.facts(before)) < scorecard.urgentThreshold();
    }

    /** Whether an urgent signal is new, or an urgent indicator counts that did not count before. */
    private static boolean hasNewUrgent(Candidate candidate, Scorecard scorecard, News news) {
        var child = candidate.childId();
        if (isUrgent(candidate, scorecard, news.first(child))) {
            return true;
        }
        var before = news.before(child);
        if (before == null) {
            return false;
        }
        var facts = candidate.facts(before);
        for (long left = news.urgent(child); left != 0; left &= left - 1) {
            int bit = Long.numberOfTrailingZeros(left);
            if (scorecard.counts(candidate.facts(), bit) && !scorecard.counts(facts, bit)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUrgent(Candidate candidate, Scorecard scorecard, long bits) {
        for (long left = bits; left != 0; left &= left - 1) {
            if (scorecard.counts(candidate.facts(), Long.numberOfTrailingZeros(left))) {
                return true;
            }
        }
        return false;
    }

    private Flag urgentFlag(Candidate candidate, Scorecard scorecard, LocalDate today) {
        return new Flag(
                EventIds.next(),
                1,
                Flag.FLAGGED,
                candidate.childId(),
                candidate.householdId(),
                candidate.districtCode(),
                candidate.dongCode(),
                null,
                null,
                scorecard.score(candidate.facts()),
                Reasons.of(scorecard.reasons(candidate.facts())),
                null,
                true,
                scorecard.version(),
                today,
                times.now(),
                null);
    }

    private static List<Candidate> candidates(Connection tx, Collection<UUID> children) throws SQLException {
        try (var query = tx.prepareStatement(CANDIDATES)) {
            query.setArray(
                    1, tx.createArrayOf("uuid", children.stream().distinct().toArray()));
            var candidates = new ArrayList<Candidate>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    candidates.add(new Candidate(
                            rows.getObject("id", UUID.class),
                            rows.getObject("household_id", UUID.class),
                            rows.getString("district_code"),
                            rows.getString("dong_code"),
                            FactsRows.facts(rows),
                            rows.getBoolean("open_work")));
                }
            }
            return candidates;
        }
    }

    private static Open openFlags(Connection tx, List<UUID> children) throws SQLException {
        try (var query = tx.prepareStatement(OPEN_FLAGS)) {
            var ids = tx.createArrayOf("uuid", children.toArray());
            query.setArray(1, ids);
            query.setArray(2, ids);
            var open = new Open(new HashMap<>(), new HashSet<>());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var child = rows.getObject("child_id", UUID.class);
                    open.any().add(child);
                    if (rows.getBoolean("urgent")) {
                        open.urgent().put(child, rows.getObject("id", UUID.class));
                    }
                }
            }
            return open;
        }
    }

    private static Map<UUID, List<UUID>> siblings(Connection tx, List<Flag> flags) throws SQLException {
        var sql = "SELECT DISTINCT household_id, surviving(id) FROM child "
                + "WHERE household_id = ANY (?) AND status = 'RESIDENT' ORDER BY 2";
        try (var query = tx.prepareStatement(sql)) {
            query.setArray(
                    1,
                    tx.createArrayOf(
                            "uuid",
                            flags.stream().map(Flag::householdId).distinct().toArray()));
            var children = new HashMap<UUID, List<UUID>>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    children.computeIfAbsent(rows.getObject(1, UUID.class), h -> new ArrayList<>())
                            .add(rows.getObject(2, UUID.class));
                }
            }
            return children;
        }
    }
}
