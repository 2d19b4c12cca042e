package org.jikimi.screening.signal;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.signal.StoredSignals.Known;
import org.jspecify.annotations.Nullable;

/**
 * Makes signals of what the city's own work has found: a determination of abuse 학대판단 is {@code PRIOR_ABUSE} of the
 * child, and a visit that a household refused which had refused another within the indicator's validity 방문 반복 거부 is
 * {@code REPEATED_VISIT_REFUSAL} of the household. They are told anew from what stands whenever something of it changes, so
 * the order of events does not matter; the signal of a determination that another one replaces is cleared, and so is that of a
 * refusal which proves to be later, or another household's.
 *
 * <p>They flag nobody at once and are told to nobody: who found it is there already. What an agency sends stands beside
 * them, and the fold counts one bit. What an indicator that may not be used would say is not kept: {@link TellWaiting} finds it.
 */
@ApplicationScoped
public class OwnSignals implements DueHandler {
    /** Of the due work; the subject of a piece begins with the child's id. */
    public static final String KIND = "own-signals";

    /** Of no agency and no kind of source, so that nobody who sends signals can have it. */
    public static final String SOURCE = "jikimi/case-service";

    static final Indicator PRIOR_ABUSE = indicator("PRIOR_ABUSE");
    static final Indicator REFUSAL = indicator("REPEATED_VISIT_REFUSAL");
    private static final int UUID_LENGTH = 36;

    private static final String FINDINGS = """
            SELECT f.investigation, f.determination, f.determined_at, s.observed_on
            FROM child c JOIN abuse_finding f ON f.child_id = c.id
            LEFT JOIN signal s ON s.source = :source AND s.signal_id = 'determination/' || f.investigation
            WHERE c.id = :child""";

    /**
     * Visits that were refused by a household that refused one of this child, or is told to have; of every child of it one row
     * is noted.
     */
    private static final String REFUSED = """
            WITH own AS (SELECT ref, household_id FROM concern WHERE child_id = :child AND kind = 'VISIT_REFUSED')
            SELECT h.id AS household, k.ref AS visit, max(k.happened_at) AS refused_at, bool_or(k.child_id = :child) AS own
            FROM household h JOIN concern k ON k.household_id = h.id AND k.kind = 'VISIT_REFUSED'
            WHERE h.id IN (SELECT household_id FROM own UNION SELECT s.household_id
                           FROM own JOIN signal s ON s.source = :source AND s.signal_id = 'refused-visit/' || own.ref)
            GROUP BY h.id, k.ref ORDER BY h.id, refused_at, k.ref""";

    /** Another child of the household that was noted to have refused a visit before the one that is told of now. */
    private static final String LEFT_BEHIND = """
            SELECT other.child_id
            FROM concern k JOIN concern other ON other.household_id = k.household_id
                AND other.kind = 'VISIT_REFUSED' AND other.child_id <> k.child_id
            WHERE k.child_id = :child AND k.kind = 'VISIT_REFUSED' AND k.ref = :visit
                AND k.household_id <> :household AND k.happened_at <= :at
            LIMIT 1""";

    private final DueWork due;
    private final LegalBases bases;
    private final Times times;

    public OwnSignals(DueWork due, LegalBases bases, Times times) {
        this.due = due;
        this.bases = bases;
        this.times = times;
    }

    private static Indicator indicator(String code) {
        return Indicators.of(code).orElseThrow();
    }

    /**
     * Abuse of the child was determined, or that it was none; its finding is noted.
     *
     * @param event that told so
     */
    public void determined(Connection tx, UUID child, UUID event) throws SQLException {
        order(tx, child, event);
    }

    /**
     * A visit of the child was refused, and the refusal is noted: by the household that did so last. What others refused is
     * told anew if they refused one less.
     *
     * @param event that told so
     */
    public void refused(Connection tx, UUID visit, UUID child, UUID household, Instant at, UUID event)
            throws SQLException {
        var jdbi = Sql.on(tx);
        var leftBehind = jdbi.createQuery(LEFT_BEHIND)
                .bind("household", household)
                .bind("child", child)
                .bind("visit", visit)
                .bind("at", at)
                .mapTo(UUID.class)
                .findOne();
        jdbi.createUpdate("UPDATE concern SET household_id = :household "
                        + "WHERE child_id = :child AND kind = 'VISIT_REFUSED' AND ref = :visit "
                        + "AND (household_id IS NULL OR happened_at <= :at)")
                .bind("household", household)
                .bind("child", child)
                .bind("visit", visit)
                .bind("at", at)
                .execute();
        order(tx, child, event);
        if (leftBehind.isPresent()) {
            order(tx, leftBehind.get(), event);
        }
    }

    /**
     * Not within the intake: who writes signals locks households before children, and the intake has locked the latter. Each
     * has a piece of its own, for the intake would wait for one that is being done.
     */
    private void order(Connection tx, UUID child, UUID event) throws SQLException {
        due.plan(tx, KIND, child + "/" + event, times.now());
    }

    /** Lets what stands of children be told, whatever was heard of them. */
    static void orderAgain(Connection tx, DueWork due, Set<UUID> children, Instant at) throws SQLException {
        due.plan(tx, KIND, children.stream().collect(toMap(child -> child + "/again", child -> at)));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        SignalLocks.takeAll(tx, SOURCE);
        Aliases.hold(tx); // nobody is erased meanwhile
        var child = UUID.fromString(subject.substring(0, UUID_LENGTH));
        var lawful = bases.inForce(tx, Seoul.dateOf(now));
        var signals = new HashMap<String, Known>();
        findings(tx, child, signals);
        refusals(tx, child, signals);
        signals.values().removeIf(signal -> !lawful.allows(signal.bit()) && signal.clearedOn() == null);
        keep(tx, signals);
    }

    private static void findings(Connection tx, UUID child, Map<String, Known> signals) {
        Sql.on(tx)
                .createQuery(FINDINGS)
                .bind("source", SOURCE)
                .bind("child", child)
                .map((row, c) -> new Finding(
                        row.getString("investigation"),
                        row.getString("determination").equals("ABUSE"),
                        Seoul.dateOf(row.getTimestamp("determined_at").toInstant()),
                        row.getObject("observed_on", LocalDate.class)))
                .forEach(finding -> {
                    var told = finding.told();
                    var id = "determination/" + finding.investigation();
                    if (finding.abuse()) {
                        signals.put(id, new Known(PRIOR_ABUSE.bit(), child, null, finding.on(), null));
                    } else if (!finding.abuse() && told != null) {
                        signals.put(id, new Known(PRIOR_ABUSE.bit(), child, null, told, later(told, finding.on())));
                    }
                });
    }

    /** @param told day of the signal of it; null if there is none */
    private record Finding(
            String investigation,
            boolean abuse,
            LocalDate on,
            @Nullable LocalDate told) {}

    private static LocalDate later(LocalDate one, LocalDate other) {
        return one.isAfter(other) ? one : other;
    }

    /** @param own whether it was of the child itself */
    private record Refused(UUID household, UUID visit, LocalDate on, boolean own) {
        String signal() {
            return "refused-visit/" + visit;
        }
    }

    private static void refusals(Connection tx, UUID child, Map<String, Known> signals) throws SQLException {
        var visits = Sql.on(tx)
                .createQuery(REFUSED)
                .bind("source", SOURCE)
                .bind("child", child)
                .map((row, c) -> new Refused(
                        row.getObject("household", UUID.class),
                        row.getObject("visit", UUID.class),
                        Seoul.dateOf(row.getTimestamp("refused_at").toInstant()),
                        row.getBoolean("own")))
                .list();
        for (int i = 1; i < visits.size(); i++) {
            var before = visits.get(i - 1);
            var visit = visits.get(i);
            if (before.household().equals(visit.household())
                    && ChronoUnit.DAYS.between(before.on(), visit.on()) < REFUSAL.validityDays()) {
                signals.put(visit.signal(), new Known(REFUSAL.bit(), null, visit.household(), visit.on(), null));
            }
        }
        clear(tx, visits, signals);
    }

    /** Takes back what was told of a visit that is no longer such a one, unless it was of a household that is not looked at. */
    private static void clear(Connection tx, List<Refused> visits, Map<String, Known> signals) throws SQLException {
        var ids = visits.stream().map(Refused::signal).collect(toSet());
        var households = visits.stream().map(Refused::household).collect(toSet());
        ids.removeAll(signals.keySet());
        var told = StoredSignals.of(tx, SOURCE, ids);
        for (var visit : visits) {
            var stood = told.get(visit.signal());
            if (stood != null
                    && stood.clearedOn() == null
                    && (visit.own() || households.contains(stood.householdId()))) {
                var on = later(stood.observedOn(), visit.on());
                signals.put(
                        visit.signal(), new Known(REFUSAL.bit(), null, stood.householdId(), stood.observedOn(), on));
            }
        }
    }

    private static void keep(Connection tx, Map<String, Known> signals) throws SQLException {
        var before = StoredSignals.of(tx, SOURCE, signals.keySet());
        var change = new Change();
        signals.forEach((id, said) -> {
            var last = before.get(id);
            if (last == null || !said.says(last)) {
                change.keep(id, said, last);
            }
        });
        if (!change.kept.isEmpty()) {
            StoredSignals.keep(tx, SOURCE, change, before);
            Fold.of(tx, change);
        }
    }
}
