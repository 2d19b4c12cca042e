package org.jikimi.referral.referral;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The referrals as stored. */
final class Referrals {
    boolean exists(Connection tx, UUID id) {
        return find(tx, id).isPresent();
    }

    void insert(Connection tx, Referral referral) {
        var ask = referral.ask();
        bind(referral, Sql.on(tx).createUpdate("""
                        INSERT INTO referral (id, version, state, child_id, district_code, dong_code, service_code,
                            need_code, urgency, basis, legal_basis, case_id, case_version, visit_id, correlation_id,
                            requested_at, round, agency_id, agency_kind, offered_at, expires_at, accepted_at, outcome,
                            reason, changed_at)
                        VALUES (:id, :version, :state, :child, :district, :dong, :service,
                            :need, :urgency, :basis, :legalBasis, CAST(:case AS uuid), :caseVersion,
                            CAST(:visit AS uuid), :correlation,
                            :requestedAt, :round, CAST(:agency AS uuid), :kind, :offeredAt, :expiresAt, :acceptedAt,
                            :outcome, :reason, :changedAt)"""))
                .bind("child", ask.childId())
                .bind("district", ask.districtCode())
                .bind("dong", ask.dongCode())
                .bind("service", ask.serviceCode())
                .bind("need", ask.needCode())
                .bind("urgency", ask.urgency().name())
                .bind("basis", ask.basis().name())
                .bind("legalBasis", ask.legalBasis())
                .bind("case", ask.caseId())
                .bind("caseVersion", ask.caseVersion())
                .bind("visit", ask.visitId())
                .bind("correlation", ask.correlationId())
                .bind("requestedAt", ask.requestedAt())
                .execute();
    }

    /**
     * Stores a later version.
     *
     * @param from the version that was read
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, Referral referral, long from) {
        int rows =
                bind(referral, Sql.on(tx).createUpdate("""
                        UPDATE referral SET version = :version, state = :state, round = :round,
                            agency_id = CAST(:agency AS uuid), agency_kind = :kind, offered_at = :offeredAt,
                            expires_at = :expiresAt, accepted_at = :acceptedAt, outcome = :outcome, reason = :reason,
                            changed_at = :changedAt
                        WHERE id = :id AND version = :from""")).bind("from", from).execute();
        if (rows != 1) {
            throw new IllegalStateException("referral " + referral.id() + " changed under its lock");
        }
    }

    Optional<Referral> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM referral WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The referral, with its child locked until the transaction ends. */
    Optional<Referral> lock(Connection tx, UUID id) throws SQLException {
        var unlocked = find(tx, id);
        if (unlocked.isEmpty()) {
            return unlocked;
        }
        KeyLocks.lock(tx, List.of(unlocked.get().ask().childId().toString()));
        return find(tx, id);
    }

    List<Referral> ofCase(Connection tx, UUID caseId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM referral WHERE case_id = :case ORDER BY requested_at, id")
                .bind("case", caseId)
                .map((row, context) -> read(row))
                .list();
    }

    /** The referrals of a child and its aliases that one of these agencies has, offered or taken. */
    List<Referral> heldBy(Connection tx, UUID childId, Collection<UUID> agencyIds) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM referral WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child))) "
                        + "AND agency_id = ANY(:agencies) "
                        + "AND state IN ('OFFERED', 'ACCEPTED', 'IN_SERVICE') ORDER BY id")
                .bind("child", childId)
                .bindArray("agencies", UUID.class, agencyIds.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    /** Unplaced referrals that an agency with these services in these districts may take, the most pressing first. */
    List<Referral> waiting(
            Connection tx, Collection<String> serviceCodes, Collection<String> districtCodes, int limit) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM referral
                        WHERE state = 'UNPLACED' AND service_code = ANY(:services) AND district_code = ANY(:districts)
                        ORDER BY array_position(ARRAY['EMERGENCY', 'URGENT', 'ORDINARY'], urgency), requested_at, id
                        LIMIT :limit""")
                .bindArray("services", String.class, serviceCodes.toArray())
                .bindArray("districts", String.class, districtCodes.toArray())
                .bind("limit", limit)
                .map((row, context) -> read(row))
                .list();
    }

    /** Places of a service that families and offers hold, by agency; an agency without any is absent. */
    Map<UUID, Integer> held(Connection tx, String serviceCode, Collection<UUID> agencyIds) {
        return counts(tx, serviceCode, agencyIds, "('OFFERED', 'ACCEPTED', 'IN_SERVICE')");
    }

    /** Places of a service that families hold; offers are left out. */
    int taken(Connection tx, String serviceCode, UUID agencyId) {
        return counts(tx, serviceCode, List.of(agencyId), "('ACCEPTED', 'IN_SERVICE')")
                .getOrDefault(agencyId, 0);
    }

    private static Map<UUID, Integer> counts(
            Connection tx, String serviceCode, Collection<UUID> agencyIds, String states) {
        return Sql.on(tx)
                .createQuery("SELECT agency_id, count(*) AS held FROM referral WHERE agency_id = ANY(:agencies) "
                        + "AND service_code = :service AND state IN " + states + " GROUP BY agency_id")
                .bindArray("agencies", UUID.class, agencyIds.toArray())
                .bind("service", serviceCode)
                .map((row, context) -> Map.entry(row.getObject("agency_id", UUID.class), row.getInt("held")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static <S extends SqlStatement<S>> S bind(Referral referral, S statement) {
        var taker = referral.taker();
        return statement
                .bind("id", referral.id())
                .bind("version", referral.version())
                .bind("state", referral.state().name())
                .bind("round", referral.round())
                .bind("agency", referral.agencyId())
                .bind("kind", taker == null ? null : taker.kind().name())
                .bind("offeredAt", taker == null ? null : taker.offeredAt())
                .bind("expiresAt", taker == null ? null : taker.expiresAt())
                .bind("acceptedAt", taker == null ? null : taker.acceptedAt())
                .bind(
                        "outcome",
                        referral.outcome() == null ? null : referral.outcome().name())
                .bind("reason", referral.reason())
                .bind("changedAt", referral.changedAt());
    }

    static Referral read(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        return new Referral(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                ReferralState.valueOf(row.getString("state")),
                readAsk(row),
                row.getInt("round"),
                readTaker(row),
                outcome == null ? null : ServiceOutcome.valueOf(outcome),
                row.getString("reason"),
                row.getTimestamp("changed_at").toInstant());
    }

    private static Ask readAsk(ResultSet row) throws SQLException {
        return new Ask(
                row.getObject("child_id", UUID.class),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getString("service_code"),
                row.getString("need_code"),
                Urgency.valueOf(row.getString("urgency")),
                Basis.valueOf(row.getString("basis")),
                row.getString("legal_basis"),
                row.getObject("case_id", UUID.class),
                row.getObject("case_version", Long.class),
                row.getObject("visit_id", UUID.class),
                row.getObject("correlation_id", UUID.class),
                row.getTimestamp("requested_at").toInstant());
    }

    private static @Nullable Taker readTaker(ResultSet row) throws SQLException {
        var agency = row.getObject("agency_id", UUID.class);
        return agency == null
                ? null
                : new Taker(
                        agency,
                        AgencyKind.valueOf(row.getString("agency_kind")),
                        row.getTimestamp("offered_at").toInstant(),
                        row.getTimestamp("expires_at").toInstant(),
                        instant(row.getTimestamp("accepted_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp stored) {
        return stored == null ? null : stored.toInstant();
    }
}
