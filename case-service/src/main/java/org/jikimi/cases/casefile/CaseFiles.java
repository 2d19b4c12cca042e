package org.jikimi.cases.casefile;

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

/** The case files as stored. */
final class CaseFiles {
    void insert(Connection tx, CaseFile file) {
        bind(file, Sql.on(tx).createUpdate("""
                        INSERT INTO case_file (id, version, state, child_id, district_code, dong_code,
                            investigation_id, reopened, sibling_ids, excluded_agency_ids, agency_id, correlation_id,
                            opened_at)
                        VALUES (:id, :version, :state, :child, :district, :dong,
                            :investigation, :reopened, :siblings, :excluded, CAST(:agency AS uuid), :correlation,
                            :openedAt)""")).execute();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, CaseFile file) {
        int rows = bind(file, Sql.on(tx).createUpdate("""
                        UPDATE case_file SET version = :version, state = :state, district_code = :district,
                            dong_code = :dong, investigation_id = :investigation, reopened = :reopened,
                            sibling_ids = :siblings, excluded_agency_ids = :excluded,
                            agency_id = CAST(:agency AS uuid), correlation_id = :correlation, opened_at = :openedAt,
                            close_reason = :closeReason, closed_at = :closedAt, watch_until = :watchUntil
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("case " + file.id() + " changed under its lock");
        }
    }

    Optional<CaseFile> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM case_file WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The case files of a child and its aliases, the child's own last. */
    List<CaseFile> ofChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT f.* FROM case_file f WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) "
                        + "ORDER BY child_id = :child, opened_at")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .list();
    }

    /** The case file, which nobody else changes until the transaction ends. */
    Optional<CaseFile> lock(Connection tx, UUID id) throws SQLException {
        var found = find(tx, id);
        if (found.isPresent()) {
            KeyLocks.lock(tx, List.of(found.get().childId().toString()));
        }
        return find(tx, id);
    }

    /** Those a caller may see, the oldest first; one row more than the page has. */
    List<CaseFile> list(Connection tx, Caller caller, CaseFilter filter, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM case_file
                        WHERE district_code = ANY(:districts)
                          AND (CAST(:agency AS uuid) IS NULL OR agency_id = CAST(:agency AS uuid))
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (:beginning OR (opened_at, id) > (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY opened_at, id LIMIT :limit""")
                .bindArray("districts", String.class, Scope.districts(caller, filter.districtCode()))
                .bind("agency", Scope.agencyOnly(caller))
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterId", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> read(row))
                .list();
    }

    private static @Nullable String name(@Nullable CloseReason reason) {
        return reason == null ? null : reason.name();
    }

    private static <S extends SqlStatement<S>> S bind(CaseFile file, S statement) {
        return statement
                .bind("id", file.id())
                .bind("version", file.version())
                .bind("state", file.state().name())
                .bind("child", file.childId())
                .bind("district", file.districtCode())
                .bind("dong", file.dongCode())
                .bind("investigation", file.investigationId())
                .bind("reopened", file.reopened())
                .bindArray("siblings", UUID.class, file.siblingIds().toArray())
                .bindArray("excluded", UUID.class, file.excludedAgencyIds().toArray())
                .bind("agency", file.agencyId())
                .bind("correlation", file.correlation())
                .bind("openedAt", file.openedAt())
                .bind("closeReason", name(file.closeReason()))
                .bind("closedAt", file.closedAt())
                .bind("watchUntil", file.watchUntil());
    }

    private static CaseFile read(ResultSet row) throws SQLException {
        return new CaseFile(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", CaseState.class),
                Rows.id(row, "child_id"),
                row.getString("district_code"),
                row.getString("dong_code"),
                Rows.id(row, "investigation_id"),
                row.getBoolean("reopened"),
                Rows.ids(row, "sibling_ids"),
                Rows.ids(row, "excluded_agency_ids"),
                Rows.idOrNull(row, "agency_id"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "opened_at"),
                Rows.codeOrNull(row, "close_reason", CloseReason.class),
                Rows.instantOrNull(row, "closed_at"),
                Rows.dateOrNull(row, "watch_until"));
    }
}
