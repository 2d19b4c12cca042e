package org.jikimi.notification.alert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The alerts as stored. */
final class Alerts {
    /** Adds alerts; answers the ids of those that were not there yet, in the order given. */
    List<UUID> insert(Connection tx, List<Alert> alerts) {
        if (alerts.isEmpty()) {
            return List.of();
        }
        var batch = Sql.on(tx).prepareBatch("""
                        INSERT INTO alert (id, version, state, kind, severity, level, recipient_role, district_code,
                            agency_id, subject_type, subject_id, child_id, party, correlation_id, event_id, event_type,
                            detail, act_by, first_act_by, raised_at, acknowledged_at, acknowledged_by_role, escalated_at,
                            closed_at)
                        VALUES (:id, :version, :state, :kind, :severity, :level, :role, :district,
                            CAST(:agency AS uuid), :subjectType, :subjectId, CAST(:child AS uuid),
                            CAST(:party AS uuid), :correlation, :event, :eventType,
                            :detail, :actBy, :actBy, :raisedAt, :acknowledgedAt, :acknowledgedByRole, :escalatedAt,
                            :closedAt)
                        ON CONFLICT (id) DO NOTHING""");
        alerts.forEach(alert -> bind(alert, batch).add());
        var rows = batch.execute();
        return IntStream.range(0, rows.length)
                .filter(i -> rows[i] == 1)
                .mapToObj(i -> alerts.get(i).id())
                .toList();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of its key prevents
     */
    void update(Connection tx, Alert alert) {
        int rows = bind(alert, Sql.on(tx).createUpdate("""
                        UPDATE alert SET version = :version, state = :state, level = :level, act_by = :actBy,
                            acknowledged_at = :acknowledgedAt, acknowledged_by_role = :acknowledgedByRole,
                            escalated_at = :escalatedAt, closed_at = :closedAt
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("alert " + alert.id() + " changed under its lock");
        }
    }

    Optional<Alert> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM alert WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Those of some kinds about a child that are not closed, in a district. */
    List<Alert> open(Connection tx, Set<AlertKind> kinds, UUID child, String district) {
        return Sql.on(tx)
                .createQuery(
                        "SELECT * FROM alert WHERE child_id = :child AND kind = ANY (:kinds) AND state <> 'CLOSED' "
                                + "AND district_code = :district ORDER BY id")
                .bind("child", child)
                .bindArray(
                        "kinds",
                        String.class,
                        kinds.stream().map(AlertKind::name).toArray())
                .bind("district", district)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those of some kinds about one thing that are not closed, in other districts than this one. */
    List<Alert> openElsewhere(Connection tx, Set<AlertKind> kinds, UUID subject, String district) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM alert WHERE subject_id = :subject AND kind = ANY (:kinds) "
                        + "AND state <> 'CLOSED' AND district_code <> :district ORDER BY id")
                .bind("subject", subject)
                .bindArray(
                        "kinds",
                        String.class,
                        kinds.stream().map(AlertKind::name).toArray())
                .bind("district", district)
                .map((row, context) -> read(row))
                .list();
    }

    /** The alerts that a settlement settles and that are not closed yet. */
    List<Alert> settledBy(Connection tx, Settlement settlement) {
        var about = settlement.ofChild() ? "child_id" : "subject_id";
        return Sql.on(tx)
                .createQuery("SELECT * FROM alert WHERE " + about
                        + " = :subject AND kind = :kind AND state <> 'CLOSED' "
                        + "AND (CAST(:party AS uuid) IS NULL OR party = CAST(:party AS uuid) "
                        + "OR (:deadline AND child_id = CAST(:party AS uuid))) "
                        + "AND (NOT :ofVisits OR subject_type = 'VISIT') "
                        + "AND coalesce(first_act_by, act_by) <= coalesce(CAST(:until AS timestamptz), 'infinity') "
                        + "ORDER BY id")
                .bind("subject", settlement.subjectId())
                .bind("kind", settlement.kind().name())
                .bind("party", settlement.party())
                .bind("deadline", settlement.kind().isDeadline())
                .bind("ofVisits", settlement.ofChild() && settlement.kind().isDeadline())
                .bind("until", settlement.until())
                .map((row, context) -> read(row))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(Alert alert, S statement) {
        return statement
                .bind("id", alert.id())
                .bind("version", alert.version())
                .bind("state", alert.state().name())
                .bind("kind", alert.kind().name())
                .bind("severity", alert.severity().name())
                .bind("level", alert.level())
                .bind("role", alert.addressee().role().code())
                .bind("district", alert.addressee().districtCode())
                .bind("agency", alert.addressee().agencyId())
                .bind("subjectType", alert.subject().type().name())
                .bind("subjectId", alert.subject().id())
                .bind("child", alert.subject().childId())
                .bind("party", alert.subject().party())
                .bind("correlation", alert.cause().correlationId())
                .bind("event", alert.cause().eventId())
                .bind("eventType", alert.cause().eventType())
                .bind("detail", alert.detail())
                .bind("actBy", alert.actBy())
                .bind("raisedAt", alert.raisedAt())
                .bind("acknowledgedAt", alert.acknowledgedAt())
                .bind("acknowledgedByRole", alert.acknowledgedByRole())
                .bind("escalatedAt", alert.escalatedAt())
                .bind("closedAt", alert.closedAt());
    }

    static Alert read(ResultSet row) throws SQLException {
        return new Alert(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                AlertState.valueOf(row.getString("state")),
                AlertKind.valueOf(row.getString("kind")),
                Severity.valueOf(row.getString("severity")),
                row.getInt("level"),
                new Addressee(
                        RecipientRole.of(row.getString("recipient_role")).orElseThrow(),
                        row.getString("district_code"),
                        row.getObject("agency_id", UUID.class)),
                new AlertSubject(
                        SubjectType.valueOf(row.getString("subject_type")),
                        row.getObject("subject_id", UUID.class),
                        row.getObject("child_id", UUID.class),
                        row.getObject("party", UUID.class)),
                new AlertCause(
                        row.getObject("event_id", UUID.class),
                        row.getString("event_type"),
                        row.getObject("correlation_id", UUID.class)),
                row.getString("detail"),
                row.getTimestamp("act_by").toInstant(),
                row.getTimestamp("raised_at").toInstant(),
                instant(row.getTimestamp("acknowledged_at")),
                row.getString("acknowledged_by_role"),
                instant(row.getTimestamp("escalated_at")),
                instant(row.getTimestamp("closed_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp timestamp) {
        return timestamp == null ? null : timestamp.toInstant();
    }
}
