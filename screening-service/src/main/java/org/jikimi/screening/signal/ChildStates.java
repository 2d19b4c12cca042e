package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;

/**
 * Folds what is known of a child into one row: a bit for each indicator and the day of its latest valid observation.
 * An indicator counts once however often it was observed.
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
     * Locks the households, and those the children live in, until the transaction ends, so that no child is folded by two
     * at a time. All who write signals or children lock first what they touch, in one order.
     */
    public static void lock(Connection tx, Collection<UUID> children, Collection<UUID> households) throws SQLException {
        var childIds = tx.createArrayOf("uuid", children.toArray());
        var householdIds = tx.createArrayOf("uuid", households.toArray());
        try (var lock = tx.prepareStatement("SELECT id FROM household WHERE id = ANY (ARRAY("
                        + "SELECT household_id FROM child WHERE id = ANY (?)) || ?) ORDER BY id FOR UPDATE");
                var homes = tx.prepareStatement("SELECT household_id FROM child WHERE id = ANY (?)")) {
            lock.setArray(1, childIds);
            lock.setArray(2, householdIds);
            homes.setArray(1, childIds);
            while (!new HashSet<>(ids(lock)).containsAll(ids(homes))) {
                // a child has moved while its old household was waited for
            }
        }
    }

    /** Refolds the children; their households are locked. */
    public static void refold(Connection tx, Collection<UUID> children) throws SQLException {
        execute(
                tx,
                "INSERT INTO child_state (child_id, mask, observed) "
                        + FOLD.formatted("s.cleared_on IS NULL", "WHERE c.id = ANY (?)")
                        + " ON CONFLICT (child_id) DO UPDATE SET mask = excluded.mask, observed = excluded.observed"
                        + " WHERE child_state.mask <> excluded.mask OR child_state.observed <> excluded.observed",
                children);
    }

    /** The children of the households. */
    public static List<UUID> childrenOf(Connection tx, Collection<UUID> households) throws SQLException {
        try (var query = tx.prepareStatement("SELECT id FROM child WHERE household_id = ANY (?) ORDER BY id")) {
            query.setArray(1, tx.createArrayOf("uuid", households.toArray()));
            return ids(query);
        }
    }

    private static List<UUID> ids(PreparedStatement query) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var rows = query.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
        }
        return ids;
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
