package org.jikimi.screening.signal;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Folds what is known of a child into one row: a bit for each indicator and the day of its latest valid observation.
 * An indicator counts once however often it was observed, and what was said of an alias counts for its child.
 */
public final class ChildStates {
    /**
     * The fold of the children {@code c} that the query it stands in selects.
     *
     * <p>Parameters of the format: what an observation must meet to count.
     */
    private static final String FOLD = """
            SELECT c.id AS child_id,
                   coalesce(bit_or(1::bigint << b.bit), 0) AS mask,
                   coalesce(array_agg((b.latest - DATE '2000-01-01')::smallint ORDER BY b.bit)
                            FILTER (WHERE b.bit IS NOT NULL), '{}') AS observed
            FROM child c LEFT JOIN LATERAL (
                SELECT bit, max(observed_on) AS latest FROM (
                    SELECT bit, observed_on FROM signal s WHERE s.child_id = c.id AND %1$s
                    UNION ALL
                    SELECT bit, observed_on FROM signal s WHERE s.household_id = c.household_id AND %1$s
                    UNION ALL
                    SELECT bit, observed_on FROM child_alias a JOIN signal s ON s.child_id = a.alias_id
                    WHERE a.child_id = c.id AND %1$s
                    UNION ALL
                    SELECT bit, observed_on FROM child_alias a JOIN child k ON k.id = a.alias_id
                    JOIN signal s ON s.household_id = k.household_id
                    WHERE a.child_id = c.id AND %1$s
                ) AS valid GROUP BY bit) AS b ON true
            %2$s GROUP BY c.id""";

    private ChildStates() {}

    /** The fold of all children as of a day, as a query of (child_id, mask, observed); {@code day} is an ISO date. */
    public static String foldAsOf(LocalDate day) {
        var valid =
                "s.observed_on <= DATE '%1$s' AND (s.cleared_on IS NULL OR s.cleared_on > DATE '%1$s')".formatted(day);
        return FOLD.formatted(valid, "");
    }

    /**
     * Locks households until the transaction ends, so that nobody joins or leaves them. All who move a child or write a
     * signal of a household lock first these and then the children's states, each in their order.
     */
    public static void lockHouseholds(Connection tx, Collection<UUID> households) throws SQLException {
        execute(tx, "SELECT 1 FROM household WHERE id = ANY (?) ORDER BY id FOR UPDATE", households);
    }

    /** Locks what is kept of the children until the transaction ends, so that none is folded by two at a time. */
    static Map<UUID, ChildState> lock(Connection tx, Collection<UUID> children) throws SQLException {
        return states(
                tx,
                "SELECT child_id, mask, observed FROM child_state WHERE child_id = ANY (?) ORDER BY child_id FOR UPDATE",
                children);
    }

    private static Map<UUID, ChildState> states(Connection tx, String sql, Collection<UUID> children)
            throws SQLException {
        var states = new HashMap<UUID, ChildState>();
        if (children.isEmpty()) {
            return states;
        }
        try (var query = tx.prepareStatement(sql)) {
            query.setArray(1, tx.createArrayOf("uuid", children.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    states.put(rows.getObject(1, UUID.class), new ChildState(rows.getLong(2), days(rows.getArray(3))));
                }
            }
        }
        return states;
    }

    private static short[] days(Array array) throws SQLException {
        var values = (Number[]) array.getArray();
        var days = new short[values.length];
        for (int i = 0; i < days.length; i++) {
            days[i] = values[i].shortValue();
        }
        return days;
    }

    /** Keeps new states of children whose states are locked. */
    static void keep(Connection tx, Map<UUID, ChildState> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        try (var update = tx.prepareStatement("UPDATE child_state s SET mask = n.mask, observed = n.days::smallint[] "
                + "FROM unnest(?::uuid[], ?::bigint[], ?::text[]) AS n (child_id, mask, days) "
                + "WHERE s.child_id = n.child_id")) {
            var states = List.copyOf(changed.entrySet());
            update.setArray(
                    1,
                    tx.createArrayOf(
                            "uuid", states.stream().map(Map.Entry::getKey).toArray()));
            update.setArray(
                    2,
                    tx.createArrayOf(
                            "bigint",
                            states.stream().map(s -> s.getValue().mask()).toArray()));
            update.setArray(
                    3,
                    tx.createArrayOf(
                            "text",
                            states.stream()
                                    .map(s -> s.getValue().observedAsText())
                                    .toArray()));
            update.execute();
        }
    }

    /**
     * Reads all signals of the children again, and keeps what stands of them. Their households are locked if the children
     * have just moved.
     */
    public static void refold(Connection tx, Collection<UUID> children) throws SQLException {
        if (!children.isEmpty()) {
            execute(tx, "SELECT 1 FROM child_state WHERE child_id = ANY (?) ORDER BY child_id FOR UPDATE", children);
            refolded(tx, children);
        }
    }

    /** The same of children whose states are locked, or new; answers those that are others now. */
    static Map<UUID, ChildState> refolded(Connection tx, Collection<UUID> children) throws SQLException {
        return states(
                tx,
                "INSERT INTO child_state (child_id, mask, observed) "
                        + FOLD.formatted("s.cleared_on IS NULL", "WHERE c.id = ANY (?)")
                        + " ON CONFLICT (child_id) DO UPDATE SET mask = excluded.mask, observed = excluded.observed"
                        + " WHERE child_state.mask <> excluded.mask OR child_state.observed <> excluded.observed"
                        + " RETURNING child_id, mask, observed",
                children);
    }

    /** Keeps nothing of children who are aliases from now on: what is said of them counts for another. */
    public static void clear(Connection tx, Collection<UUID> aliases) throws SQLException {
        execute(tx, "UPDATE child_state SET mask = 0, observed = '{}' WHERE child_id = ANY (?)", aliases);
    }

    /** The children of each household. */
    static Map<UUID, List<UUID>> childrenOf(Connection tx, Collection<UUID> households) throws SQLException {
        var homes = new HashMap<UUID, List<UUID>>();
        if (households.isEmpty()) {
            return homes;
        }
        try (var query = tx.prepareStatement("SELECT household_id, id FROM child WHERE household_id = ANY (?)")) {
            query.setArray(1, tx.createArrayOf("uuid", households.toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    homes.computeIfAbsent(rows.getObject(1, UUID.class), h -> new ArrayList<>())
                            .add(rows.getObject(2, UUID.class));
                }
            }
        }
        return homes;
    }

    private static void execute(Connection tx, String sql, Collection<UUID> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var statement = tx.prepareStatement(sql)) {
            statement.setArray(1, tx.createArrayOf("uuid", ids.toArray()));
            statement.execute();
        }
    }
}
