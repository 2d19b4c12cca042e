package org.jikimi.screening.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.signal.WorkedFor;

/**
 * Tells where children moved 전출입, so that whoever works for them is of the district they live in. Whoever calls holds
 * the lock of the registry, which orders the moves of a child; thousands of children need no locks of their own.
 */
@ApplicationScoped
public class TellMoves {
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
        var worked = WorkedFor.among(tx, moves.stream().map(Moved::childId).toList(), times.today());
        outbox.publishBulk(
                tx,
                moves.stream()
                        .map(move -> events.prepare(
                                RegistryEvents.moved(move, worked.contains(move.childId()), times.now())))
                        .iterator());
    }
}
