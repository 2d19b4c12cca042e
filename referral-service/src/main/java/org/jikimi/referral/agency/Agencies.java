package org.jikimi.referral.agency;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jikimi.runtime.db.Sql;

/** The agencies as stored. */
final class Agencies {
    /** Each agency with the places that hold on a day: those with the latest beginning. */
    private static final String READ = """
            SELECT a.*, p.codes, p.counts FROM agency a
            LEFT JOIN LATERAL (
                SELECT array_agg(service_code) AS codes, array_agg(places) AS counts FROM (
                    SELECT DISTINCT ON (service_code) service_code, places FROM agency_places
                    WHERE agency_id = a.id AND valid_from <= :today
                    ORDER BY service_code, valid_from DESC) AS current) AS p ON true
            """;

    /** Adds an agency; answers false if the id is taken. */
    boolean insert(Connection tx, Agency agency) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO agency (id, version, kind, name, district_code, catchment, state, registered_at)
                        VALUES (:id, :version, :kind, :name, :district, :catchment, :state, :registeredAt)
                        ON CONFLICT (id) DO NOTHING""")
                        .bind("id", agency.id())
                        .bind("version", agency.version())
                        .bind("kind", agency.kind().name())
                        .bind("name", agency.name())
                        .bind("district", agency.districtCode())
                        .bindArray(
                                "catchment",
                                String.class,
                                agency.catchment().stream().sorted().toArray())
                        .bind("state", agency.state().name())
                        .bind("registeredAt", agency.registeredAt())
                        .execute()
                == 1;
    }

    /** Stores the next version; it has been locked before. */
    void update(Connection tx, Agency agency) {
        Sql.on(tx)
                .createUpdate("UPDATE agency SET version = :version, state = :state "
                        + "WHERE id = :id AND version = :version - 1")
                .bind("version", agency.version())
                .bind("state", agency.state().name())
                .bind("id", agency.id())
                .execute();
    }

    /** Sets places from a day on; what held before that day stays as it was. */
    void savePlaces(Connection tx, UUID agencyId, LocalDate from, Map<String, Integer> places) {
        if (places.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx)
                .prepareBatch("INSERT INTO agency_places (agency_id, service_code, valid_from, places) "
                        + "VALUES (:agency, :service, :from, :places) "
                        + "ON CONFLICT (agency_id, service_code, valid_from) DO UPDATE SET places = excluded.places");
        places.forEach((service, count) -> batch.bind("agency", agencyId)
                .bind("service", service)
                .bind("from", from)
                .bind("places", count)
                .add());
        batch.execute();
    }

    Optional<Agency> find(Connection tx, UUID id, LocalDate today) {
        return read(Sql.on(tx).createQuery(READ + "WHERE a.id = :id").bind("id", id), today).stream()
                .findFirst();
    }

    List<Agency> ofKind(Connection tx, AgencyKind kind, LocalDate today) {
        return read(
                Sql.on(tx)
                        .createQuery(READ + "WHERE a.kind = :kind ORDER BY a.id")
                        .bind("kind", kind.name()),
                today);
    }

    List<Agency> all(Connection tx, LocalDate today) {
        return read(Sql.on(tx).createQuery(READ + "ORDER BY a.id"), today);
    }

    List<Agency> serving(Connection tx, Set<AgencyKind> kinds, String districtCode, LocalDate today) {
        return read(
                Sql.on(tx)
                        .createQuery(
                                READ + "WHERE a.kind = ANY(:kinds) AND a.catchment @> ARRAY[CAST(:district AS text)] "
                                        + "ORDER BY a.id")
                        .bindArray(
                                "kinds",
                                String.class,
                                kinds.stream().map(AgencyKind::name).toArray())
                        .bind("district", districtCode),
                today);
    }

    /** One page, by id. */
    List<Agency> page(Connection tx, AgencyFilter filter, String after, int limit, LocalDate today) {
        return read(
                Sql.on(tx)
                        .createQuery(READ + """
                                WHERE a.id > CAST(:after AS uuid)
                                  AND (CAST(:kind AS text) IS NULL OR a.kind = :kind)
                                  AND (CAST(:district AS text) IS NULL OR a.catchment @> ARRAY[CAST(:district AS text)])
                                ORDER BY a.id LIMIT :limit""")
                        .bind("after", after)
                        .bind(
                                "kind",
                                filter.kind() == null ? null : filter.kind().name())
                        .bind("district", filter.districtCode())
                        .bind("limit", limit),
                today);
    }

    /** Locks agencies until the transaction ends, in the order of their ids, which all transactions share. */
    void lock(Connection tx, List<UUID> ids) {
        Sql.on(tx)
                .createQuery("SELECT id FROM agency WHERE id = ANY(:ids) ORDER BY id FOR UPDATE")
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(UUID.class)
                .list();
    }

    private static List<Agency> read(Query query, LocalDate today) {
        return query.bind("today", today).map((row, context) -> read(row)).list();
    }

    private static Agency read(ResultSet row) throws SQLException {
        return new Agency(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                AgencyKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("district_code"),
                Set.of((String[]) row.getArray("catchment").getArray()),
                AgencyState.valueOf(row.getString("state")),
                places(row),
                row.getTimestamp("registered_at").toInstant());
    }

    private static Map<String, Integer> places(ResultSet row) throws SQLException {
        var codes = row.getArray("codes");
        if (codes == null) {
            return Map.of();
        }
        var names = (String[]) codes.getArray();
        var counts = (Integer[]) row.getArray("counts").getArray();
        var places = new HashMap<String, Integer>();
        for (int i = 0; i < names.length; i++) {
            places.put(names[i], counts[i]);
        }
        return places;
    }
}
