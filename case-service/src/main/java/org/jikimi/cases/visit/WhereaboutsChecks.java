package org.jikimi.cases.visit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Scope;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/** The whereabouts checks as stored. */
final class WhereaboutsChecks {
    boolean insert(Connection tx, WhereaboutsCheck check) {
        return bind(check, Sql.on(tx).createUpdate("""
                        INSERT INTO whereabouts_check (id, version, state, visit_id, child_id, flag_id, household_id,
                            district_code, dong_code, correlation_id, since, due_at, inquiries)
                        VALUES (:id, :version, :state, :visit, :child, CAST(:flag AS uuid), :household,
                            :district, :dong, :correlation, :since, :dueAt, :inquiries)
                        ON CONFLICT (id) DO NOTHING""")).execute() == 1;
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, WhereaboutsCheck check) {
        int rows = bind(check, Sql.on(tx).createUpdate("""
                        UPDATE whereabouts_check SET version = :version, state = :state, due_at = :dueAt,
                            inquiries = :inquiries, result = :result, ended_by_register = :byRegister,
                            ended_as = CAST(:endedAs AS uuid)
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("check " + check.id() + " changed under its lock");
        }
    }

    Optional<WhereaboutsCheck> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM whereabouts_check WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    List<WhereaboutsCheck> openOfChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM whereabouts_check "
                        + "WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) AND state = 'OPEN' ORDER BY id")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those of an id alone that ended because the register says that the child has died. */
    List<WhereaboutsCheck> endedByRegister(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM whereabouts_check WHERE child_id = :id AND ended_by_register ORDER BY id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those that have ended have for good, as far as they are of the child: a person has found it, under one of its ids. */
    void endForGood(Connection tx, UUID id) {
        Sql.on(tx)
                .createUpdate("UPDATE whereabouts_check SET version = version + 1, ended_by_register = false, "
                        + "ended_as = CASE WHEN child_id <> :id THEN :id END "
                        + "WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:id))) "
                        + "AND (ended_by_register OR (ended_as IS NOT NULL AND child_id = :id))")
                .bind("id", id)
                .execute();
    }

    /** Those that ended by what was found under an id that is of another child now are as if a death had ended them. */
    void part(Connection tx, UUID id) {
        Sql.on(tx)
                .createUpdate("UPDATE whereabouts_check SET version = version + 1, ended_by_register = true, "
                        + "ended_as = NULL WHERE (ended_as = :id OR (child_id = :id AND ended_as IS NOT NULL)) "
                        + "AND ended_as <> ALL(ARRAY(SELECT ids_of_child(child_id)))")
                .bind("id", id)
                .execute();
    }

    /** Those a caller may see, the oldest first; one row more than the page has. */
    List<WhereaboutsCheck> list(Connection tx, Caller caller, @Nullable CheckState state, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM whereabouts_check
                        WHERE district_code = ANY(:districts)
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (:beginning OR (since, id) > (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY since, id LIMIT :limit""")
                .bindArray("districts", String.class, Scope.districts(caller, null))
                .bind("state", state == null ? null : state.name())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterId", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> read(row))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(WhereaboutsCheck check, S statement) {
        var result = check.result();
        return statement
                .bind("id", check.id())
                .bind("version", check.version())
                .bind("state", check.state().name())
                .bind("visit", check.visitId())
                .bind("child", check.childId())
                .bind("flag", check.flagId())
                .bind("household", check.householdId())
                .bind("district", check.districtCode())
                .bind("dong", check.dongCode())
                .bind("correlation", check.correlation())
                .bind("since", check.since())
                .bind("dueAt", check.dueAt())
                .bind("inquiries", check.inquiries())
                .bind("result", result == null ? null : result.name())
                .bind("byRegister", check.endedByRegister())
                .bind("endedAs", check.endedAs());
    }

    private static WhereaboutsCheck read(ResultSet row) throws SQLException {
        return new WhereaboutsCheck(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", CheckState.class),
                Rows.id(row, "visit_id"),
                Rows.id(row, "child_id"),
                Rows.idOrNull(row, "flag_id"),
                Rows.id(row, "household_id"),
                row.getString("district_code"),
                row.getString("dong_code"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "since"),
                Rows.instant(row, "due_at"),
                row.getInt("inquiries"),
                Rows.codeOrNull(row, "result", CheckResult.class),
                row.getBoolean("ended_by_register"),
                Rows.idOrNull(row, "ended_as"));
    }
}
