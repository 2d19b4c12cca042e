package org.jikimi.screening.round;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Household visits that each dong 행정동 can make in a round. */
final class DongCapacities {
    private DongCapacities() {}

    /** As they are now. */
    static Map<String, Integer> now(Connection tx) {
        return read(Jdbi.open(tx).createQuery("SELECT dong_code, visits_per_round FROM dong_capacity"));
    }

    /** As a round froze them. */
    static Map<String, Integer> of(Connection tx, UUID roundId) {
        return read(Jdbi.open(tx)
                .createQuery("SELECT dong_code, visits_per_round FROM round_capacity WHERE round_id = :round")
                .bind("round", roundId));
    }

    private static Map<String, Integer> read(Query query) {
        var visits = new HashMap<String, Integer>();
        query.map((row, c) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(dong -> visits.put(dong.getKey(), dong.getValue()));
        return visits;
    }
}
