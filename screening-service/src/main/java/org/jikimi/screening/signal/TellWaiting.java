package org.jikimi.screening.signal;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.legal.WaitsForBasis;

/**
 * Looks, at a start, every midnight, and when a basis is recorded of a day that has come, for what the city's own work has found and {@link OwnSignals} has not told, because its
 * indicator could not be used then: with one statement for each indicator that can be used now.
 */
@ApplicationScoped
public class TellWaiting implements DueHandler, WaitsForBasis {
    private static final String KIND = "own-signals-waiting";
    private static final String ALL = "all";

    private static final String ABUSED = """
            SELECT f.child_id
            FROM (SELECT child_id, investigation, (determined_at AT TIME ZONE 'Asia/Seoul')::date AS day
                  FROM abuse_finding WHERE determination = 'ABUSE') f
            JOIN child c ON c.id = f.child_id
            LEFT JOIN signal s ON s.source = :source AND s.signal_id = 'determination/' || f.investigation
            WHERE f.day + :validity > :today AND (s.observed_on IS DISTINCT FROM f.day OR s.cleared_on IS NOT NULL)""";

    /** By one child of whom a refusal of the household is noted. */
    private static final String REFUSED = """
            WITH visit AS (
                SELECT k.household_id, k.ref, max(k.happened_at) AS at,
                    (max(k.happened_at) AT TIME ZONE 'Asia/Seoul')::date AS day, min(k.child_id::text)::uuid AS child
                FROM concern k JOIN household h ON h.id = k.household_id
                WHERE k.kind = 'VISIT_REFUSED' GROUP BY k.household_id, k.ref),
            following AS (
                SELECT *, day - lag(day) OVER (PARTITION BY household_id ORDER BY at, ref) AS days_after FROM visit)
            SELECT f.child FROM following f
            LEFT JOIN signal s ON s.source = :source AND s.signal_id = 'refused-visit/' || f.ref
            WHERE f.days_after < :validity AND f.day + :validity > :today
                AND (s.observed_on IS DISTINCT FROM f.day OR s.household_id IS DISTINCT FROM f.household_id
                     OR s.cleared_on IS NOT NULL)""";

    private final DueWork due;
    private final LegalBases bases;
    private final Transactions transactions;
    private final Times times;

    public TellWaiting(DueWork due, LegalBases bases, Transactions transactions, Times times) {
        this.due = due;
        this.bases = bases;
        this.transactions = transactions;
        this.times = times;
    }

    void start(@Observes StartupEvent started) throws SQLException {
        transactions.run(tx -> {
            recorded(tx, times.now());
            return ALL;
        });
    }

    @Override
    public void recorded(Connection tx, Instant now) throws SQLException {
        due.plan(tx, KIND, ALL, now);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var today = Seoul.dateOf(now);
        var lawful = bases.inForce(tx, today);
        var children = new HashSet<UUID>();
        if (lawful.allows(OwnSignals.PRIOR_ABUSE.bit())) {
            children.addAll(find(tx, ABUSED, OwnSignals.PRIOR_ABUSE.validityDays(), today));
        }
        if (lawful.allows(OwnSignals.REFUSAL.bit())) {
            children.addAll(find(tx, REFUSED, OwnSignals.REFUSAL.validityDays(), today));
        }
        OwnSignals.orderAgain(tx, due, children, now);
        due.plan(tx, KIND, ALL, today.plusDays(1).atStartOfDay(Seoul.ZONE).toInstant());
    }

    private static Set<UUID> find(Connection tx, String untold, int validityDays, LocalDate today) {
        return Sql.on(tx)
                .createQuery(untold)
                .bind("source", OwnSignals.SOURCE)
                .bind("validity", validityDays)
                .bind("today", today)
                .mapTo(UUID.class)
                .set();
    }
}
