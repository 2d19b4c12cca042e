package org.jikimi.screening.erasure;

import java.sql.Connection;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The record of erasures, and of who has followed. Rows are added alone. */
public final class Erasures {
    /** Who keeps something of a child beside this service. */
    static final Set<String> SERVICES = Set.of("case", "referral", "notification");

    private static final String OUTSTANDING =
            "(SELECT count(*) FROM erasure_acknowledgement a WHERE a.child_id = e.child_id) < " + SERVICES.size();

    /**
     * An erasure.
     *
     * @param acknowledged when each service told that it had followed
     */
    record Erasure(
            UUID childId, List<UUID> aliasIds, Instant erasedAt, Instant dueBy, Map<String, Instant> acknowledged) {
        Erasure {
            aliasIds = List.copyOf(aliasIds);
            acknowledged = Map.copyOf(acknowledged);
        }

        boolean isComplete() {
            return acknowledged.keySet().containsAll(SERVICES);
        }
    }

    /** How many are not complete, and how many of them were to be by now. */
    record Open(long outstanding, long overdue) {}

    void add(Connection tx, UUID child, List<UUID> aliases, Instant at, Instant dueBy) {
        Sql.on(tx)
                .createUpdate("INSERT INTO erasure (child_id, alias_ids, erased_at, due_by) "
                        + "VALUES (:child, :aliases, :at, :due) ON CONFLICT (child_id) DO NOTHING")
                .bind("child", child)
                .bindArray("aliases", UUID.class, aliases.toArray())
                .bind("at", at)
                .bind("due", dueBy)
                .execute();
    }

    /** Notes that a service has followed; answers false if it is known. The first word stands. */
    public boolean acknowledge(Connection tx, UUID child, String service, Instant at) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO erasure_acknowledgement (child_id, service, at) "
                                + "VALUES (:child, :service, :at) ON CONFLICT (child_id, service) DO NOTHING")
                        .bind("child", child)
                        .bind("service", service)
                        .bind("at", at)
                        .execute()
                > 0;
    }

    /** The newest first. */
    List<Erasure> list(
            Connection tx, boolean outstandingAlone, @Nullable Instant before, @Nullable UUID id, int fetch) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM erasure e WHERE (CAST(:before AS timestamptz) IS NULL "
                        + "OR (erased_at, child_id) < (CAST(:before AS timestamptz), CAST(:id AS uuid))) "
                        + (outstandingAlone ? "AND " + OUTSTANDING : "")
                        + " ORDER BY erased_at DESC, child_id DESC LIMIT :fetch")
                .bind("before", before)
                .bind("id", id)
                .bind("fetch", fetch)
                .map((row, c) -> new Erasure(
                        row.getObject("child_id", UUID.class),
                        Arrays.asList((UUID[]) row.getArray("alias_ids").getArray()),
                        row.getTimestamp("erased_at").toInstant(),
                        row.getTimestamp("due_by").toInstant(),
                        Map.of()))
                .list()
                .stream()
                .map(erasure -> new Erasure(
                        erasure.childId(),
                        erasure.aliasIds(),
                        erasure.erasedAt(),
                        erasure.dueBy(),
                        acknowledgements(tx, erasure.childId())))
                .toList();
    }

    Open open(Connection tx, Instant overdueBefore) {
        return Sql.on(tx)
                .createQuery("SELECT count(*), count(*) FILTER (WHERE erased_at < :before) FROM erasure e WHERE "
                        + OUTSTANDING)
                .bind("before", overdueBefore)
                .map((row, c) -> new Open(row.getLong(1), row.getLong(2)))
                .one();
    }

    private static Map<String, Instant> acknowledgements(Connection tx, UUID child) {
        var known = new TreeMap<String, Instant>();
        Sql.on(tx)
                .createQuery("SELECT service, at FROM erasure_acknowledgement WHERE child_id = :child")
                .bind("child", child)
                .map((row, c) -> Map.entry(
                        row.getString("service"), row.getTimestamp("at").toInstant()))
                .forEach(said -> known.put(said.getKey(), said.getValue()));
        return known;
    }
}
