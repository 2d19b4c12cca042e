package org.jikimi.notification.alert;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** Remembers what has been done, for alerts that come after it. */
final class Settlements {
    private static final UUID ANY = new UUID(0, 0);

    void remember(Connection tx, Settlement settlement, Instant now) {
        Sql.on(tx)
                .createUpdate("INSERT INTO settlement (kind, subject_id, party, settled_at, until, of_child) "
                        + "VALUES (:kind, :subject, :party, :now, coalesce(CAST(:until AS timestamptz), 'infinity'), :ofChild) "
                        + "ON CONFLICT (subject_id, kind, party) DO UPDATE "
                        + "SET until = greatest(settlement.until, EXCLUDED.until)")
                .bind("kind", settlement.kind().name())
                .bind("subject", settlement.subjectId())
                .bind("party", orAny(settlement.party()))
                .bind("now", now)
                .bind("until", settlement.until())
                .bind("ofChild", settlement.ofChild())
                .execute();
    }

    /** The ids of those alerts that ask for what has been done. */
    Set<UUID> covering(Connection tx, List<Alert> alerts) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT alert.id FROM unnest(:ids, :subjects, :persons, :kinds, :parties, :children, :ofChild,
                                CAST(:actBys AS timestamptz[]))
                            AS alert (id, subject_id, person, kind, party, child, of_child, act_by)
                        WHERE EXISTS (
                            SELECT FROM settlement WHERE settlement.subject_id IN (alert.subject_id, alert.person)
                              AND CASE WHEN settlement.of_child THEN alert.of_child
                                  ELSE settlement.subject_id = alert.subject_id END
                              AND settlement.kind = alert.kind AND settlement.party IN (:any, alert.party, alert.child)
                              AND settlement.until >= alert.act_by)""")
                .bindArray("ids", UUID.class, column(alerts, Alert::id))
                .bindArray(
                        "subjects",
                        UUID.class,
                        column(alerts, alert -> alert.subject().id()))
                .bindArray(
                        "persons",
                        UUID.class,
                        column(alerts, alert -> orAny(alert.subject().childId())))
                .bindArray(
                        "kinds",
                        String.class,
                        column(alerts, alert -> alert.kind().name()))
                .bindArray(
                        "parties",
                        UUID.class,
                        column(alerts, alert -> orAny(alert.subject().party())))
                .bindArray(
                        "children",
                        UUID.class,
                        column(
                                alerts,
                                alert -> alert.kind().isDeadline()
                                        ? orAny(alert.subject().childId())
                                        : ANY))
                .bindArray(
                        "ofChild",
                        Boolean.class,
                        column(
                                alerts,
                                alert -> !alert.kind().isDeadline()
                                        || alert.subject().type() == SubjectType.VISIT))
                .bindArray(
                        "actBys",
                        String.class,
                        column(alerts, alert -> alert.actBy().toString()))
                .bind("any", ANY)
                .mapTo(UUID.class)
                .set();
    }

    private static UUID orAny(@Nullable UUID id) {
        return id == null ? ANY : id;
    }

    private static Object[] column(List<Alert> alerts, Function<Alert, Object> value) {
        return alerts.stream().map(value).toArray();
    }
}
