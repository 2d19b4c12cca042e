package org.jikimi.cases.clock;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/** The clocks as stored. */
final class Clocks {
    /** Adds a clock; answers false if it has been started before. */
    boolean insert(Connection tx, LegalClock clock) {
        return bind(clock, Sql.on(tx).createUpdate("""
                        INSERT INTO legal_clock (id, version, state, code, subject_type, subject_id, child_id,
                            district_code, owner_role, correlation_id, started_at, due_at, extensions)
                        VALUES (:id, :version, :state, :code, :subjectType, :subjectId, :child,
                            :district, :owner, :correlation, :startedAt, :dueAt, :extensions)
                        ON CONFLICT (id) DO NOTHING""")).execute() == 1;
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of its child prevents
     */
    void update(Connection tx, LegalClock clock) {
        int rows = bind(clock, Sql.on(tx).createUpdate("""
                        UPDATE legal_clock SET version = :version, state = :state, due_at = :dueAt,
                            extensions = :extensions, approached_at = :approachedAt, breached_at = :breachedAt,
                            stopped_at = :stoppedAt, cancel_reason = :cancelReason,
                            ended_by_register = :byRegister, ended_as = CAST(:endedAs AS uuid)
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("clock " + clock.id() + " changed under its lock");
        }
    }

    Optional<LegalClock> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM legal_clock WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** A clock that nobody else changes until the transaction ends; empty if there is none. */
    Optional<LegalClock> locked(Connection tx, UUID id) throws SQLException {
        var unlocked = find(tx, id);
        if (unlocked.isEmpty()) {
            return unlocked;
        }
        KeyLocks.lock(tx, List.of(unlocked.get().childId().toString()));
        return find(tx, id);
    }

    List<LegalClock> openOfSubject(Connection tx, UUID subjectId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM legal_clock WHERE subject_id = :subject "
                        + "AND state IN ('RUNNING', 'BREACHED') ORDER BY id")
                .bind("subject", subjectId)
                .map((row, context) -> read(row))
                .list();
    }

    List<LegalClock> openOfChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM legal_clock WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) "
                        + "AND state IN ('RUNNING', 'BREACHED') ORDER BY id")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those of an id alone that were stopped because the register says that the child has died. */
    List<LegalClock> endedByRegister(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM legal_clock WHERE child_id = :id AND ended_by_register ORDER BY id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those of a child, under whichever of its ids, that run or may again. */
    List<LegalClock> notOverOfChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM legal_clock WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) AND "
                        + "(state IN ('RUNNING', 'BREACHED') OR ended_by_register "
                        + "OR (ended_as IS NOT NULL AND child_id = :child)) ORDER BY id")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those that were stopped by what was found under an id that is of another child now are as if a death had stopped them. */
    void part(Connection tx, UUID id) {
        Sql.on(tx)
                .createUpdate("UPDATE legal_clock SET version = version + 1, ended_by_register = true, ended_as = NULL "
                        + "WHERE (ended_as = :id OR (child_id = :id AND ended_as IS NOT NULL)) "
                        + "AND ended_as <> ALL(ARRAY(SELECT ids_of_child(child_id)))")
                .bind("id", id)
                .execute();
    }

    /** Those a caller may see, the next due first; one row more than the page has. */
    List<LegalClock> list(Connection tx, Caller caller, ClockFilter filter, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM legal_clock
                        WHERE district_code = ANY(:districts)
                          AND (NOT :open OR state IN ('RUNNING', 'BREACHED'))
                          AND (CAST(:subject AS uuid) IS NULL OR subject_id = CAST(:subject AS uuid))
                          AND (:beginning OR (due_at, id) > (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY due_at, id LIMIT :limit""")
                .bindArray("districts", String.class, Scope.districts(caller, filter.districtCode()))
                .bind("open", filter.openOnly())
                .bind("subject", filter.subjectId())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterId", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> read(row))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(LegalClock clock, S statement) {
        return statement
                .bind("id", clock.id())
                .bind("version", clock.version())
                .bind("state", clock.state().name())
                .bind("code", clock.code().name())
                .bind("subjectType", clock.code().subjectType().name())
                .bind("subjectId", clock.subjectId())
                .bind("child", clock.childId())
                .bind("district", clock.districtCode())
                .bind("owner", clock.code().ownerRole())
                .bind("correlation", clock.correlation())
                .bind("startedAt", clock.startedAt())
                .bind("dueAt", clock.dueAt())
                .bind("extensions", clock.extensions())
                .bind("approachedAt", clock.approachedAt())
                .bind("breachedAt", clock.breachedAt())
                .bind("stoppedAt", clock.stoppedAt())
                .bind("cancelReason", name(clock.cancelReason()))
                .bind("byRegister", clock.endedByRegister())
                .bind("endedAs", clock.endedAs());
    }

    private static @Nullable String name(@Nullable CancelReason reason) {
        return reason == null ? null : reason.name();
    }

    private static LegalClock read(ResultSet row) throws SQLException {
        return new LegalClock(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", ClockState.class),
                Rows.code(row, "code", ClockCode.class),
                Rows.id(row, "subject_id"),
                Rows.id(row, "child_id"),
                row.getString("district_code"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "started_at"),
                Rows.instant(row, "due_at"),
                row.getInt("extensions"),
                Rows.instantOrNull(row, "approached_at"),
                Rows.instantOrNull(row, "breached_at"),
                Rows.instantOrNull(row, "stopped_at"),
                Rows.codeOrNull(row, "cancel_reason", CancelReason.class),
                row.getBoolean("ended_by_register"),
                Rows.idOrNull(row, "ended_as"));
    }
}
