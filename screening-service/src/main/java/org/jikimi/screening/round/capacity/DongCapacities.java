package org.jikimi.screening.round.capacity;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.statement.Query;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;

/** Household visits that each dong 행정동 can make in a round. They are changed as one, some dongs at a time. */
public final class DongCapacities {
    private DongCapacities() {}

    /** As they are now. */
    public static Map<String, Integer> now(Connection tx) {
        return read(Sql.on(tx).createQuery("SELECT dong_code, visits_per_round FROM dong_capacity"));
    }

    /** Lets one transaction at a time change them. */
    static void lock(Connection tx) throws SQLException {
        KeyLocks.lock(tx, List.of("dong capacities"));
    }

    /** Version of them as a whole, from 1: it grows with every dong that is set. */
    static long version(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT 1 + coalesce(sum(changes), 0)::bigint FROM dong_capacity")
                .mapTo(long.class)
                .one();
    }

    /** Sets those of some dongs; the others keep theirs. */
    static void set(Connection tx, Map<String, Integer> visits) {
        var batch = Sql.on(tx)
                .prepareBatch("INSERT INTO dong_capacity (dong_code, visits_per_round) VALUES (:dong, :visits) "
                        + "ON CONFLICT (dong_code) DO UPDATE SET visits_per_round = excluded.visits_per_round, "
                        + "changes = dong_capacity.changes + 1");
        visits.forEach((dong, number) ->
                batch.bind("dong", dong).bind("visits", number).add());
        batch.execute();
    }

    /** As a round froze them. */
    public static Map<String, Integer> of(Connection tx, UUID roundId) {
        return read(Sql.on(tx)
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
