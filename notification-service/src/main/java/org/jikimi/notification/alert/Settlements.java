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
    // No id that an event tells: whose settlements those are of which the register tells a death.
    private static final UUID REGISTER = new UUID(0, 1);

    void remember(Connection tx, Settlement settlement, Instant now) {
        Sql.on(tx)
                .createUpdate("INSERT INTO settlement (kind, subject_id, party, settled_at, until) "
                        + "VALUES (:kind, :subject, :party, :now, coalesce(CAST(:until AS timestamptz), 'infinity')) "
                        + "ON CONFLICT (subject_id, kind, party) DO UPDATE "
                        + "SET until = greatest(settlement.until, EXCLUDED.until)")
                .bind("kind", settlement.kind().name())
                .bind("subject", settlement.subjectId())
                .bind("party", orAny(settlement.party()))
                .bind("now", now)
                .bind("until", settlement.until())
                .execute();
    }

    /** Of several sightings under one id the last stands. */
    void remember(Connection tx, Sighting sighting, Instant now) {
        remember(tx, sighting.kind(), sighting.childId(), ANY, sighting.at(), now);
    }

    void remember(Connection tx, RegisteredDeath death, Instant now) {
        remember(tx, death.kind(), death.childId(), REGISTER, death.at(), now);
    }

    private static void remember(Connection tx, AlertKind kind, UUID child, UUID by, Instant at, Instant now) {
        Sql.on(tx)
                .createUpdate("INSERT INTO settlement (kind, subject_id, party, settled_at, until, seen_at) "
                        + "VALUES (:kind, :child, :by, :now, :at, :at) "
                        + "ON CONFLICT (subject_id, kind, party) DO UPDATE "
                        + "SET until = greatest(settlement.until, EXCLUDED.until), "
                        + "seen_at = greatest(settlement.seen_at, EXCLUDED.seen_at)")
                .bind("kind", kind.name())
                .bind("child", child)
                .bind("by", by)
                .bind("now", now)
                .bind("at", at)
                .execute();
    }

    /** When an id was seen last. */
    List<Sighting> sightings(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT kind, seen_at FROM settlement "
                        + "WHERE subject_id = :id AND party = :any AND seen_at IS NOT NULL ORDER BY kind")
                .bind("any", ANY)
                .bind("id", id)
                .map((row, context) -> new Sighting(
                        AlertKind.valueOf(row.getString("kind")),
                        id,
                        row.getTimestamp("seen_at").toInstant()))
                .list();
    }

    /** The ids of those alerts that ask for what has been done. */
    Set<UUID> covering(Connection tx, List<Alert> alerts) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT alert.id FROM unnest(:ids, :subjects, :sought, :kinds, :parties, :children,
                            CAST(:actBys AS timestamptz[]), CAST(:askedAts AS timestamptz[]))
                            AS alert (id, subject_id, sought, kind, party, child, act_by, asked_at)
                        WHERE EXISTS (
                            SELECT FROM settlement WHERE settlement.subject_id = alert.subject_id
                              AND settlement.kind = alert.kind AND settlement.party IN (:any, alert.party, alert.child)
                              AND settlement.until >= alert.act_by)
                          OR EXISTS (
                            SELECT FROM settlement WHERE settlement.subject_id = alert.sought
                              AND settlement.kind = alert.kind AND settlement.seen_at >= alert.asked_at)""")
                .bindArray("ids", UUID.class, column(alerts, Alert::id))
                .bindArray(
                        "subjects",
                        UUID.class,
                        column(alerts, alert -> alert.subject().id()))
                .bindArray(
                        "sought",
                        UUID.class,
                        column(
                                alerts,
                                alert -> alert.subject().type() == SubjectType.VISIT
                                        ? orAny(alert.subject().childId())
                                        : ANY))
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
                        "actBys",
                        String.class,
                        column(alerts, alert -> alert.actBy().toString()))
                .bindArray(
                        "askedAts",
                        String.class,
                        column(alerts, alert -> alert.askedAt().toString()))
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
