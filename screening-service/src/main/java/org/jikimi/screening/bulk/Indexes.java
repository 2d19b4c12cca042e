package org.jikimi.screening.bulk;

import java.sql.Connection;
import java.sql.SQLException;

/** How chunks of lines find what is known of them. */
public final class Indexes {
    private Indexes() {}

    /**
     * Has the transaction look rows up by their indexes: a chunk is small beside the registry, whatever the statistics say of
     * a batch that has just begun. And in one process: for so few rows new ones cost more than they do.
     */
    public static void prefer(Connection tx) throws SQLException {
        try (var settings = tx.createStatement()) {
            settings.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; "
                    + "SET LOCAL enable_mergejoin = off; SET LOCAL max_parallel_workers_per_gather = 0");
        }
    }
}
