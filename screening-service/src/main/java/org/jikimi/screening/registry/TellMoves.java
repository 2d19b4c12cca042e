package org.jikimi.screening.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;

/**
 * Tells where children moved 전출입, so that whoever works for them is of the district they live in. Whoever calls holds
 * the lock of the registry, which orders the moves of a child; thousands of children need no locks of their own.
 */
@ApplicationScoped
public class TellMoves {
    private static final String WORKED_FOR = """
            WITH ids AS (SELECT unnest(?::uuid[]) AS id UNION ALL
                         SELECT alias_id FROM child_alias WHERE child_id = ANY (?))
            SELECT surviving(child_id) FROM open_work JOIN ids ON child_id = id WHERE open
            UNION SELECT surviving(child_id) FROM flag JOIN ids ON child_id = ids.id WHERE state = 'FLAGGED'""";

    private final Outbox outbox;
    private final Events events;
    private final Times times;

    public TellMoves(Outbox outbox, Events events, Times times) {
        this.outbox = outbox;
        this.events = events;
        this.times = times;
    }

    /** Where a child lives: district 자치구 of five digits, dong 행정동 of ten. */
    record Place(String districtCode, String dongCode) {}

    /** @param version of the child, now that it has moved */
    record Moved(UUID childId, long version, String state, UUID householdId, Place from, Place to) {}

    void tell(Connection tx, List<Moved> moves) throws SQLException {
        if (moves.isEmpty()) {
            return;
        }
        var worked = workedFor(tx, moves.stream().map(Moved::childId).toList());
        outbox.publishBulk(
                tx,
                moves.stream()
                        .map(move -> events.prepare(
                                RegistryEvents.moved(move, worked.contains(move.childId()), times.now())))
                        .iterator());
    }

    private static Set<UUID> workedFor(Connection tx, Collection<UUID> children) throws SQLException {
        try (var query = tx.prepareStatement(WORKED_FOR)) {
            var ids = tx.createArrayOf("uuid", children.toArray());
            query.setArray(1, ids);
            query.setArray(2, ids);
            var worked = new HashSet<UUID>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    worked.add(rows.getObject(1, UUID.class));
                }
            }
            return worked;
        }
    }
}
