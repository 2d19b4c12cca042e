package org.jikimi.referral.capacity;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;

/** Counts what is taken and what waits; reads the tables of referrals and placements, and changes nothing. */
final class Occupancy {
    /** Referrals that no agency took. */
    record Unmet(String districtCode, String serviceCode, long waiting) {}

    /** Places that families and offers hold, by agency. */
    Map<UUID, Long> placesTaken(Connection tx) {
        return byAgency(
                tx,
                "SELECT agency_id, count(*) AS n FROM referral WHERE state IN ('OFFERED', 'ACCEPTED', 'IN_SERVICE') "
                        + "GROUP BY agency_id");
    }

    /** Beds that are held, reserved or slept in, by shelter. */
    Map<UUID, Long> bedsTaken(Connection tx) {
        return byAgency(
                tx,
                "SELECT agency_id, count(*) AS n FROM placement WHERE state IN ('HELD', 'RESERVED', 'ADMITTED') "
                        + "GROUP BY agency_id");
    }

    /** Unplaced referrals by the children's district and service. */
    List<Unmet> unmet(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT district_code, service_code, count(*) AS n FROM referral "
                        + "WHERE state = 'UNPLACED' GROUP BY 1, 2 ORDER BY 1, 2")
                .map((row, context) ->
                        new Unmet(row.getString("district_code"), row.getString("service_code"), row.getLong("n")))
                .list();
    }

    /** Children who wait for a bed, by their district. */
    Map<String, Long> waitingForBeds(Connection tx) {
        return new TreeMap<>(Sql.on(tx)
                .createQuery("SELECT district_code, count(*) AS n FROM placement WHERE state = 'UNPLACED' GROUP BY 1")
                .map((row, context) -> Map.entry(row.getString("district_code"), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map<UUID, Long> byAgency(Connection tx, String sql) {
        return Sql.on(tx)
                .createQuery(sql)
                .map((row, context) -> Map.entry(row.getObject("agency_id", UUID.class), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
