package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/** Carries a child's place on: reserves, admits, discharges. The placement is locked by the caller. */
@ApplicationScoped
public class MovePlacement {
    private final Placements placements = new Placements();
    private final FindBeds beds;
    private final PlacesGained gained;
    private final Events events;
    private final Times times;

    MovePlacement(FindBeds beds, PlacesGained gained, Events events, Times times) {
        this.beds = beds;
        this.gained = gained;
        this.events = events;
        this.times = times;
    }

    sealed interface Result {
        record Moved(Placement placement) implements Result {}

        /** It is not in a state from which this follows. */
        record NotAllowed(Placement placement) implements Result {}

        /** The shelter has no free bed, is not open, or must not have the child. */
        record NoBed(Placement placement) implements Result {}
    }

    /** Turns a hold into a reservation. */
    Result confirm(Connection tx, Placement placement) throws SQLException {
        if (placement.state() != PlacementState.HELD) {
            return new Result.NotAllowed(placement);
        }
        return reserved(tx, placement.confirmed(null, times.now()));
    }

    /** Reserves a bed in a shelter that a supervisor names, wherever it lies, for a child who waits. */
    Result reserveIn(Connection tx, Placement placement, UUID shelterId) throws SQLException {
        if (placement.state() != PlacementState.UNPLACED) {
            return new Result.NotAllowed(placement);
        }
        beds.lockShelters(tx);
        var free = beds.freeIn(tx, shelterId, placement.childId());
        if (free.isEmpty()) {
            return new Result.NoBed(placement);
        }
        boolean together = placements.withBed(tx, placement.groupId()).stream()
                .allMatch(sibling -> shelterId.equals(sibling.shelterId()));
        var bed = new Bed(shelterId, free.getFirst());
        var split = together ? null : BedPlan.NO_SHELTER_HAS_ROOM_FOR_ALL;
        return reserved(tx, placement.reserved(bed, split, times.now()));
    }

    Result admit(Connection tx, Placement placement) {
        if (placement.state() != PlacementState.RESERVED) {
            return new Result.NotAllowed(placement);
        }
        var admitted = placement.admitted(times.now());
        placements.update(tx, admitted);
        return new Result.Moved(admitted);
    }

    /** Ends the stay, the reservation or the wait. */
    Result discharge(Connection tx, Placement placement, EndReason why) throws SQLException {
        if (!placement.state().isActive()) {
            return new Result.NotAllowed(placement);
        }
        var discharged = placement.discharged(why, times.now());
        placements.update(tx, discharged);
        events.publish(tx, PlacementEvents.ended(discharged));
        if (discharged.shelterId() != null) {
            gained.at(tx, discharged.shelterId(), times.now());
        }
        return new Result.Moved(discharged);
    }

    private Result reserved(Connection tx, Placement reserved) throws SQLException {
        placements.update(tx, reserved);
        events.publish(tx, PlacementEvents.reserved(reserved, null));
        return new Result.Moved(reserved);
    }
}
