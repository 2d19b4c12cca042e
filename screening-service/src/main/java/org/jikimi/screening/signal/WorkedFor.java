package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** Children for whom somebody works, or whom somebody watches, as far as the registry has heard. */
public final class WorkedFor {
    private static final String AMONG = """
            WITH ids AS (SELECT unnest(?::uuid[]) AS id UNION ALL
                         SELECT alias_id FROM child_alias WHERE child_id = ANY (?))
            SELECT surviving(child_id) FROM open_work JOIN ids ON child_id = ids.id WHERE open OR watched_until >= ?
            UNION SELECT surviving(child_id) FROM flag JOIN ids ON child_id = ids.id WHERE state = 'FLAGGED'""";

    private WorkedFor() {}

    /**
     * Those among the children who are: by open or watched work, or an open flag, of theirs or of an alias.
     *
     * @param children none of them an alias
     */
    public static Set<UUID> among(Connection tx, Collection<UUID> children, LocalDate today) throws SQLException {
        var worked = new HashSet<UUID>();
        if (children.isEmpty()) {
            return worked;
        }
        try (var query = tx.prepareStatement(AMONG)) {
            var ids = tx.createArrayOf("uuid", children.toArray());
            query.setArray(1, ids);
            query.setArray(2, ids);
            query.setObject(3, today);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    worked.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return worked;
    }
}
