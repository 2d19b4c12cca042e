package org.jikimi.screening.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.ChunkCommit;
import org.jikimi.screening.outcome.Searches;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.WorkedFor;
import org.jspecify.annotations.Nullable;

/**
 * Tells where children moved 전출입, so that whoever works for them is of the district they live in, and who died or
 * emigrated 사망·국외이주, so that nobody knocks in vain. Whoever calls holds the lock of the registry, which orders what is told
 * of a child; thousands of children need no locks of their own.
 */
@ApplicationScoped
public class TellChanges {
    private final Outbox outbox;
    private final Events events;
    private final Times times;

    public TellChanges(Outbox outbox, Events events, Times times) {
        this.outbox = outbox;
        this.events = events;
        this.times = times;
    }

    /** Where a child lives: district 자치구 of five digits, dong 행정동 of ten. */
    record Place(String districtCode, String dongCode) {}

    /** @param version of the child, now that it has moved */
    record Moved(UUID childId, long version, String state, UUID householdId, Place from, Place to) {}

    /**
     * A child has died or emigrated, or has not after all.
     *
     * @param version of the child, now that it is so
     * @param statusOn since when; null if the register does not say
     */
    record Changed(
            UUID childId,
            long version,
            String state,
            String districtCode,
            @Nullable LocalDate statusOn) {}

    void tell(Connection tx, List<Moved> moves, List<Changed> changes) throws SQLException {
        if (moves.isEmpty() && changes.isEmpty()) {
            return;
        }
        var children = Stream.concat(
                        moves.stream().map(Moved::childId), changes.stream().map(Changed::childId))
                .distinct()
                .toList();
        ChunkCommit.waits(tx);
        var aliases = Aliases.of(tx, children);
        var surviving = children.stream()
                .map(child -> aliases.getOrDefault(child, child))
                .distinct()
                .toList();
        var at = times.now();
        var dead = ids(changes, change -> change.state().equals("DECEASED"));
        var alive = Searches.dead(tx, ids(changes, change -> !change.state().equals("DECEASED")));
        var known =
                ids(changes, change -> change.version() > 1 && change.state().equals("DECEASED"));
        Searches.lock(tx, Stream.concat(known.stream(), alive.stream()).toList());
        Searches.registeredAlive(tx, alive);
        var worked = WorkedFor.among(tx, surviving, times.today());
        var told = Stream.concat(
                moves.stream().map(move -> RegistryEvents.moved(move, worked.contains(move.childId()), at)),
                changes.stream()
                        .map(change -> RegistryEvents.changed(
                                change,
                                worked.contains(aliases.getOrDefault(change.childId(), change.childId())),
                                false,
                                aliases.containsKey(change.childId()),
                                at)));
        Searches.registeredDead(tx, dead, worked, at);
        outbox.publishBulk(tx, told.map(events::prepare).iterator());
    }

    /**
     * Tells what the register said before, for the sake of whoever has not heard.
     *
     * @param unheard whether there is anybody
     */
    void tellAgain(Connection tx, Changed change, boolean unheard) throws SQLException {
        events.publish(
                tx, RegistryEvents.changed(change, unheard, change.state().equals("DECEASED"), false, times.now()));
    }

    /** Whether somebody works for an id, whatever is worked on of the child that it is of. */
    boolean isWorkedFor(Connection tx, UUID id) throws SQLException {
        return !WorkedFor.among(tx, List.of(id), times.today()).isEmpty();
    }

    private static List<UUID> ids(List<Changed> changes, Predicate<Changed> which) {
        return changes.stream().filter(which).map(Changed::childId).toList();
    }
}
