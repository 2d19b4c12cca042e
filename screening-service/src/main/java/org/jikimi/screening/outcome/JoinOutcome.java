package org.jikimi.screening.outcome;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Joins to each flag what became of it, and keeps the list of children somebody works for. Ends in the same state in
 * whatever order it hears: of one thing the higher version stands. Every method answers whether anything changed.
 */
@ApplicationScoped
public class JoinOutcome {
    public static final Set<String> OUTCOMES =
            Set.of("SAFE", "WELFARE_NEED", "SUSPECTED_ABUSE", "REFUSED", "UNLOCATED", "ABROAD", "MOVED", "DECEASED");
    public static final Set<String> REPORT_STATES = Set.of("RECEIVED", "UNDER_INVESTIGATION", "CLOSED");
    public static final Set<String> DETERMINATIONS = Set.of("ABUSE", "GENERAL_CASE", "UNFOUNDED");

    public static final Set<String> ATTEMPT_RESULTS =
            Set.of("NO_ANSWER", "REFUSED", "MOVED", "ABROAD", "ADDRESS_WRONG", "NOT_FOUND");
    public static final Set<String> CASE_STATES =
            Set.of("OPEN", "ASSESSMENT", "PLANNED", "IN_SERVICE", "FOLLOW_UP", "CLOSED", "MANAGEMENT_REFUSED");
    public static final Set<String> REGISTRATIONS =
            Set.of("REGISTERED", "PLANNED", "OVERSEAS", "NOT_REGISTERED", "RECORD_ERROR");
    public static final Set<String> DELAYS = Set.of(
            "PROCEDURE_UNDER_WAY",
            "PARENT_UNKNOWN",
            "NO_PAPERS",
            "FOREIGN_PARENT",
            "UNMARRIED_PARENT",
            "DIVORCE_UNDER_WAY",
            "OTHER");
    public static final Set<String> CHECK_STATES = Set.of("OPEN", "POLICE_REQUESTED", "LOCATED", "CLOSED");
    public static final Set<String> CARE_SETTINGS = Set.of("HOME", "RELATIVE", "FACILITY", "ADOPTED", "UNKNOWN");

    /** After these the child keeps an owner until seen. */
    private static final Set<String> NOT_REACHED = Set.of("REFUSED", "UNLOCATED", "ABROAD");

    public boolean visitPlanned(
            Connection tx,
            UUID visit,
            UUID child,
            long version,
            @Nullable UUID flag,
            LocalDate dueOn,
            Instant plannedAt)
            throws SQLException {
        boolean changed = work(tx, child, new Work("VISIT", visit, version, true, null, dueOn));
        if (flag == null) {
            return changed;
        }
        var jdbi = Sql.on(tx);
        int first = jdbi.createUpdate("UPDATE flag SET planned_at = least(planned_at, :at), "
                        + "due_on = least(due_on, :due) WHERE id = :flag "
                        + "AND (planned_at IS NULL OR planned_at > :at OR due_on IS NULL OR due_on > :due)")
                .bind("due", dueOn)
                .bind("at", plannedAt)
                .bind("flag", flag)
                .execute();
        jdbi.createUpdate("UPDATE round SET state = 'TRACKING', version = version + 1 "
                        + "WHERE id = (SELECT round_id FROM flag WHERE id = :flag) AND state = 'SCREENED'")
                .bind("flag", flag)
                .execute();
        return changed || first > 0;
    }

    public boolean visitCompleted(
            Connection tx,
            UUID visit,
            UUID child,
            long version,
            @Nullable UUID flag,
            VisitFinding found,
            Instant completedAt)
            throws SQLException {
        var outcome = found.outcome();
        boolean seen = found.seen();
        if (outcome.equals("REFUSED")) {
            concern(tx, child, "VISIT_REFUSED", visit, completedAt);
        }
        work(tx, child, "VISIT", visit, version, !seen && NOT_REACHED.contains(outcome));
        var jdbi = Sql.on(tx);
        int kept = jdbi.createUpdate("INSERT INTO visit_result "
                        + "(visit_id, child_id, version, flag_id, outcome, seen, birth_registration, registration_delay, "
                        + "care_setting, completed_at) VALUES (:visit, :child, :version, CAST(:flag AS uuid), "
                        + ":outcome, :seen, :registration, :delay, :care, :at) "
                        + "ON CONFLICT (visit_id, child_id) DO UPDATE SET version = excluded.version, "
                        + "flag_id = excluded.flag_id, outcome = excluded.outcome, seen = excluded.seen, "
                        + "birth_registration = excluded.birth_registration, "
                        + "registration_delay = excluded.registration_delay, "
                        + "care_setting = excluded.care_setting, "
                        + "completed_at = excluded.completed_at WHERE excluded.version > visit_result.version")
                .bind("visit", visit)
                .bind("child", child)
                .bind("version", version)
                .bind("flag", flag)
                .bind("outcome", outcome)
                .bind("seen", seen)
                .bind("registration", found.birthRegistration())
                .bind("delay", found.registrationDelay())
                .bind("care", found.careSetting())
                .bind("at", completedAt)
                .execute();
        boolean told = flag != null
                && (kept > 0 || isNewest(tx, visit, child, version))
                && outcomeOf(tx, flag, found, completedAt);
        return Searches.settle(tx, child) || kept > 0 || told;
    }

    /**
     * Nobody went to the child, for it is elsewhere, dead or abroad: a visit was closed that nobody made, or was made for its
     * siblings alone. Its flags are closed, unless a visit answered them before.
     *
     * @param outcome why nobody goes to the child
     */
    public boolean visitClosed(
            Connection tx, UUID visit, UUID child, long version, @Nullable UUID flag, String outcome) {
        boolean workEnded = work(tx, child, "VISIT", visit, version, false);
        boolean flagClosed = flag != null
                && Sql.on(tx)
                                .createUpdate("UPDATE flag SET state = 'CLOSED', version = version + 1, "
                                        + "outcome = :outcome WHERE id = :flag AND state = 'FLAGGED'")
                                .bind("outcome", outcome)
                                .bind("flag", flag)
                                .execute()
                        > 0;
        return workEnded || flagClosed;
    }

    /** A visit tells of a child once for each flag that it answers, under one version. */
    private static boolean isNewest(Connection tx, UUID visit, UUID child, long version) {
        return Sql.on(tx)
                .createQuery("SELECT version FROM visit_result WHERE visit_id = :visit AND child_id = :child")
                .bind("visit", visit)
                .bind("child", child)
                .mapTo(Long.class)
                .findOne()
                .filter(newest -> newest == version)
                .isPresent();
    }

    private static boolean outcomeOf(Connection tx, UUID flag, VisitFinding found, Instant completedAt) {
        return Sql.on(tx)
                        .createUpdate("UPDATE flag SET state = 'VISITED', version = version + 1, visited_at = :at, "
                                + "outcome = :outcome, seen = seen OR :seen "
                                + "WHERE id = :flag AND (visited_at IS NULL OR visited_at <= :at)")
                        .bind("at", completedAt)
                        .bind("outcome", found.outcome())
                        .bind("seen", found.seen())
                        .bind("flag", flag)
                        .execute()
                > 0;
    }

    /**
     * The police look for a child whom a visit did not find, or do no more.
     *
     * @param version of the check; the highest stands
     * @param result what they answered last; null if that is not told, or nothing yet
     */
    public boolean soughtByPolice(
            Connection tx,
            UUID check,
            long version,
            UUID visit,
            UUID child,
            String state,
            @Nullable String result,
            Instant at) {
        if (state.equals("LOCATED")) {
            return Searches.located(tx, child, check, version, visit, at);
        }
        if (state.equals("CLOSED")) {
            return switch (result) {
                case "DECEASED" -> Searches.foundDead(tx, child, check, version, at);
                case "ABROAD" -> Searches.foundAbroad(tx, child, check, version, at);
                case null, default -> false;
            };
        }
        return Searches.sought(tx, child, check, version);
    }

    /** A supervisor closed the clock that ran until the child of a visit is seen; other clocks end nothing that is kept here. */
    public boolean clockCancelled(
            Connection tx, UUID clock, long version, String code, UUID visit, UUID child, Instant at) {
        return switch (code) {
            case "ABROAD_REENTRY_CHECK" -> Searches.borderCheckCancelled(tx, child, clock, version, visit);
            case "REFUSED_VISIT_JOINT" -> Searches.jointVisitCancelled(tx, child, clock, version, at);
            default -> false;
        };
    }

    /** The family refused at the door; whether the child is seen later does not undo it. */
    public boolean visitRefused(Connection tx, UUID visit, UUID child, Instant at) {
        return concern(tx, child, "VISIT_REFUSED", visit, at);
    }

    /** The family refused case management 사례관리 거부. */
    public boolean managementRefused(Connection tx, UUID caseFile, UUID child, Instant at) {
        return concern(tx, child, "MANAGEMENT_REFUSED", caseFile, at);
    }

    public boolean reported(
            Connection tx, UUID report, UUID child, long version, boolean open, @Nullable UUID flag, Instant reportedAt)
            throws SQLException {
        boolean changed = work(tx, child, "REPORT", report, version, open);
        changed |= concern(tx, child, "REPORT", report, reportedAt);
        if (flag != null) {
            Sql.on(tx)
                    .createUpdate("UPDATE flag SET report_id = least(report_id, :report) WHERE id = :flag")
                    .bind("report", report)
                    .bind("flag", flag)
                    .execute();
        }
        return changed;
    }

    /**
     * What an investigation came to.
     *
     * @param version of the investigation; the highest stands
     */
    public record Determined(
            UUID investigation,
            long version,
            UUID childId,
            List<UUID> reports,
            String determination,
            @Nullable UUID flagId,
            Instant at) {
        public Determined {
            reports = List.copyOf(reports);
        }
    }

    public boolean determined(Connection tx, Determined found) throws SQLException {
        var child = found.childId();
        var flag = found.flagId();
        var determination = found.determination();
        boolean changed = finding(tx, found);
        for (var report : found.reports()) {
            changed |= work(tx, child, "REPORT", report, Long.MAX_VALUE, false);
        }
        if (flag != null) {
            changed |= Sql.on(tx)
                            .createUpdate("UPDATE flag SET determination = :determination "
                                    + "WHERE id = :flag AND determination IS DISTINCT FROM :determination")
                            .bind("determination", determination)
                            .bind("flag", flag)
                            .execute()
                    > 0;
        }
        return changed;
    }

    public boolean caseIs(Connection tx, UUID caseFile, UUID child, long version, boolean open) throws SQLException {
        return work(tx, child, "CASE", caseFile, version, open);
    }

    /** The case file is closed, and the child watched until that day; null for no longer. */
    public boolean caseClosed(
            Connection tx, UUID caseFile, UUID child, long version, @Nullable LocalDate watchedUntil) {
        return work(tx, child, new Work("CASE", caseFile, version, false, watchedUntil, null));
    }

    private static boolean finding(Connection tx, Determined found) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO abuse_finding "
                                + "(child_id, investigation, version, determination, determined_at) "
                                + "VALUES (:child, :investigation, :version, :determination, :at) "
                                + "ON CONFLICT (child_id, investigation) DO UPDATE SET version = excluded.version, "
                                + "determination = excluded.determination, determined_at = excluded.determined_at "
                                + "WHERE excluded.version > abuse_finding.version")
                        .bind("child", found.childId())
                        .bind("investigation", found.investigation())
                        .bind("version", found.version())
                        .bind("determination", found.determination())
                        .bind("at", found.at())
                        .execute()
                > 0;
    }

    /** Notes when it last happened. */
    private static boolean concern(Connection tx, UUID child, String kind, UUID ref, Instant at) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO concern (child_id, kind, ref, happened_at) "
                                + "VALUES (:child, :kind, :ref, :at) ON CONFLICT (child_id, kind, ref) DO UPDATE "
                                + "SET happened_at = excluded.happened_at "
                                + "WHERE excluded.happened_at > concern.happened_at")
                        .bind("child", child)
                        .bind("kind", kind)
                        .bind("ref", ref)
                        .bind("at", at)
                        .execute()
                > 0;
    }

    private static boolean work(Connection tx, UUID child, String kind, UUID ref, long version, boolean open) {
        return work(tx, child, new Work(kind, ref, version, open, null, null));
    }

    /**
     * What somebody does for a child.
     *
     * @param watchedUntil the day until which the child is watched; null for no longer
     * @param dueOn the last day of a visit; null for other work, and of one that is over
     */
    private record Work(
            String kind,
            UUID ref,
            long version,
            boolean open,
            @Nullable LocalDate watchedUntil,
            @Nullable LocalDate dueOn) {}

    private static boolean work(Connection tx, UUID child, Work work) {
        return Sql.on(tx)
                        .createUpdate(
                                "INSERT INTO open_work (child_id, kind, ref, version, open, watched_until, due_on) "
                                        + "VALUES (:child, :kind, :ref, :version, :open, CAST(:watched AS date), "
                                        + "CAST(:due AS date)) ON CONFLICT (child_id, kind, ref) DO UPDATE "
                                        + "SET version = excluded.version, open = excluded.open, "
                                        + "watched_until = excluded.watched_until, due_on = excluded.due_on, changed_at = now() "
                                        + "WHERE excluded.version > open_work.version")
                        .bind("child", child)
                        .bind("kind", work.kind())
                        .bind("ref", work.ref())
                        .bind("version", work.version())
                        .bind("open", work.open())
                        .bind("watched", work.watchedUntil())
                        .bind("due", work.dueOn())
                        .execute()
                > 0;
    }
}
