package org.jikimi.cases.report;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Scope;
import org.jikimi.cases.support.Texts;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;

/** The reports as stored. */
@ApplicationScoped
class Reports {
    private static final String REPORTER = "report.reporter";
    private static final String NARRATIVE = "report.narrative";

    private final Texts texts;

    Reports(Texts texts) {
        this.texts = texts;
    }

    /** Adds a report; answers false if it is there already. */
    boolean insert(Connection tx, Report report, Sealed sealed) throws SQLException {
        return bind(report, Sql.on(tx).createUpdate("""
                        INSERT INTO report (id, version, state, child_id, district_code, dong_code, channel, urgency,
                            suspected_types, visit_id, flag_id, campaign_code, excluded_agency_ids, investigation_id,
                            correlation_id, reported_at, reporter, narrative)
                        VALUES (:id, :version, :state, :child, :district, :dong, :channel, :urgency,
                            :types, CAST(:visit AS uuid), CAST(:flag AS uuid), :campaign, :excluded,
                            CAST(:investigation AS uuid), :correlation, :reportedAt, :reporter, :narrative)
                        ON CONFLICT (id) DO NOTHING"""))
                        .bind("reporter", texts.seal(tx, report.childId(), sealed.reporter(), REPORTER, report.id()))
                        .bind("narrative", texts.seal(tx, report.childId(), sealed.narrative(), NARRATIVE, report.id()))
                        .execute()
                == 1;
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, Report report) {
        int rows = bind(report, Sql.on(tx).createUpdate("""
                        UPDATE report SET version = :version, state = :state,
                            investigation_id = CAST(:investigation AS uuid), determination = :determination
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("report " + report.id() + " changed under its lock");
        }
    }

    Optional<Report> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM report WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Sealed open(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT child_id, reporter, narrative FROM report WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> new Sealed(
                        texts.open(tx, Rows.id(row, "child_id"), row.getBytes("reporter"), REPORTER, id),
                        texts.open(tx, Rows.id(row, "child_id"), row.getBytes("narrative"), NARRATIVE, id)))
                .one();
    }

    /** The reports of a child and its aliases, the oldest first. */
    List<Report> ofChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM report WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) "
                        + "ORDER BY reported_at, id")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .list();
    }

    List<Report> ofInvestigation(Connection tx, UUID investigationId) {
        return by(tx, "investigation_id", investigationId);
    }

    List<Report> ofVisit(Connection tx, UUID visitId) {
        return by(tx, "visit_id", visitId);
    }

    private static List<Report> by(Connection tx, String column, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM report WHERE " + column + " = :id ORDER BY reported_at, id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .list();
    }

    /** Those a caller may see, the oldest first; one row more than the page has. */
    List<Report> list(Connection tx, Caller caller, ReportFilter filter, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM report
                        WHERE district_code = ANY(:districts)
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (:beginning OR (reported_at, id)
                               > (CAST(:afterAt AS timestamptz), CAST(:afterId AS uuid)))
                        ORDER BY reported_at, id LIMIT :limit""")
                .bindArray("districts", String.class, Scope.districts(caller, filter.districtCode()))
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterId", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> read(row))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(Report report, S statement) {
        return statement
                .bind("id", report.id())
                .bind("version", report.version())
                .bind("state", report.state().name())
                .bind("child", report.childId())
                .bind("district", report.districtCode())
                .bind("dong", report.dongCode())
                .bind("channel", report.channel().name())
                .bind("urgency", report.urgency().name())
                .bindArray("types", String.class, Rows.names(report.suspectedTypes()))
                .bind("visit", report.visitId())
                .bind("flag", report.flagId())
                .bind("campaign", report.campaignCode())
                .bindArray("excluded", UUID.class, report.excludedAgencyIds().toArray())
                .bind("investigation", report.investigationId())
                .bind("determination", report.determination())
                .bind("correlation", report.correlation())
                .bind("reportedAt", report.reportedAt());
    }

    private static Report read(ResultSet row) throws SQLException {
        return new Report(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", ReportState.class),
                Rows.id(row, "child_id"),
                row.getString("district_code"),
                row.getString("dong_code"),
                Rows.code(row, "channel", Channel.class),
                Rows.code(row, "urgency", Urgency.class),
                Rows.codes(row, "suspected_types", AbuseType.class),
                Rows.idOrNull(row, "visit_id"),
                Rows.idOrNull(row, "flag_id"),
                row.getString("campaign_code"),
                Rows.ids(row, "excluded_agency_ids"),
                Rows.idOrNull(row, "investigation_id"),
                row.getString("determination"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "reported_at"));
    }
}
