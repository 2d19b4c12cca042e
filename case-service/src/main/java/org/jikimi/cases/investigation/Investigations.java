package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.report.AbuseType;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Texts;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The investigations as stored. */
@ApplicationScoped
class Investigations {
    private static final String REASONS = "investigation.reasons";

    private final Texts texts;

    Investigations(Texts texts) {
        this.texts = texts;
    }

    void insert(Connection tx, Investigation investigation) {
        bind(investigation, Sql.on(tx).createUpdate("""
                        INSERT INTO investigation (id, version, state, child_id, district_code, dong_code, attendance,
                            excluded_agency_ids, flag_id, correlation_id, started_at)
                        VALUES (:id, :version, :state, :child, :district, :dong, :attendance,
                            :excluded, CAST(:flag AS uuid), :correlation, :startedAt)""")).execute();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, Investigation investigation) {
        var result = investigation.determination();
        var decision = investigation.protectionDecision();
        var update = bind(investigation, Sql.on(tx).createUpdate("""
                        UPDATE investigation SET version = :version, state = :state, excluded_agency_ids = :excluded,
                            other_notified_at = :notifiedAt, determination_id = CAST(:determinationId AS uuid),
                            determination = :determination, forum = :forum, types = :types, relation = :relation,
                            re_abuse = CAST(:reAbuse AS boolean), score_seen = CAST(:scoreSeen AS boolean),
                            consent = CAST(:consent AS boolean), determined_at = :determinedAt,
                            protection_decision = :decision, protection_decided_at = :decidedAt
                        WHERE id = :id AND version = :version - 1"""))
                .bind("notifiedAt", investigation.otherNotifiedAt())
                .bind("determinationId", result == null ? null : result.id())
                .bind("determination", result == null ? null : result.kind().name())
                .bind("forum", result == null ? null : result.forum().name())
                .bindArray("types", String.class, Rows.names(result == null ? List.<AbuseType>of() : result.types()))
                .bind("relation", result == null ? null : name(result.relation()))
                .bind("reAbuse", result == null ? null : (Boolean) result.reAbuse())
                .bind("scoreSeen", result == null ? null : (Boolean) result.scoreSeen())
                .bind("consent", result == null ? null : (Boolean) result.consent())
                .bind("determinedAt", result == null ? null : result.at())
                .bind("decision", name(decision))
                .bind("decidedAt", investigation.protectionDecidedAt());
        if (update.execute() != 1) {
            throw new IllegalStateException("investigation " + investigation.id() + " changed under its lock");
        }
    }

    void writeReasons(Connection tx, UUID childId, UUID id, @Nullable String reasons) throws SQLException {
        Sql.on(tx)
                .createUpdate("UPDATE investigation SET reasons = :reasons WHERE id = :id")
                .bind("id", id)
                .bind("reasons", texts.seal(tx, childId, reasons, REASONS, id))
                .execute();
    }

    @Nullable
    String reasons(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT child_id, reasons FROM investigation WHERE id = :id AND reasons IS NOT NULL")
                .bind("id", id)
                .map((row, context) -> texts.open(tx, Rows.id(row, "child_id"), row.getBytes("reasons"), REASONS, id))
                .findOne()
                .orElse(null);
    }

    Optional<Investigation> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM investigation WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The investigation, which nobody else changes until the transaction ends. */
    Optional<Investigation> lock(Connection tx, UUID id) throws SQLException {
        var found = find(tx, id);
        if (found.isPresent()) {
            KeyLocks.lock(tx, List.of(found.get().childId().toString()));
        }
        return find(tx, id);
    }

    /** Whether an earlier investigation of the child found abuse. */
    boolean abuseFoundBefore(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery(
                        "SELECT count(*) > 0 FROM investigation WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) "
                                + "AND determination = 'ABUSE'")
                .bind("child", childId)
                .mapTo(Boolean.class)
                .one();
    }

    private static @Nullable String name(@Nullable Enum<?> code) {
        return code == null ? null : code.name();
    }

    private static <S extends SqlStatement<S>> S bind(Investigation investigation, S statement) {
        return statement
                .bind("id", investigation.id())
                .bind("version", investigation.version())
                .bind("state", investigation.state().name())
                .bind("child", investigation.childId())
                .bind("district", investigation.districtCode())
                .bind("dong", investigation.dongCode())
                .bind("attendance", investigation.attendance().name())
                .bindArray(
                        "excluded",
                        UUID.class,
                        investigation.excludedAgencyIds().toArray())
                .bind("flag", investigation.flagId())
                .bind("correlation", investigation.correlation())
                .bind("startedAt", investigation.startedAt());
    }

    private static Investigation read(ResultSet row) throws SQLException {
        return new Investigation(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", InvestigationState.class),
                Rows.id(row, "child_id"),
                row.getString("district_code"),
                row.getString("dong_code"),
                Rows.code(row, "attendance", Attendance.class),
                Rows.ids(row, "excluded_agency_ids"),
                Rows.idOrNull(row, "flag_id"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "started_at"),
                Rows.instantOrNull(row, "other_notified_at"),
                Rows.idOrNull(row, "determination_id") == null ? null : determination(row),
                Rows.codeOrNull(row, "protection_decision", ProtectionDecision.class),
                Rows.instantOrNull(row, "protection_decided_at"));
    }

    private static Determination determination(ResultSet row) throws SQLException {
        return new Determination(
                Rows.id(row, "determination_id"),
                Rows.code(row, "determination", DeterminationKind.class),
                Rows.code(row, "forum", Forum.class),
                Rows.codes(row, "types", AbuseType.class),
                Rows.codeOrNull(row, "relation", Relation.class),
                row.getBoolean("re_abuse"),
                row.getBoolean("score_seen"),
                row.getBoolean("consent"),
                Rows.instant(row, "determined_at"));
    }
}
