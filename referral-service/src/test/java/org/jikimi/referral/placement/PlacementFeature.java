package org.jikimi.referral.placement;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/** The use cases of placements, put together as CDI does. */
public final class PlacementFeature {
    public final PlaceChildren place;
    public final ExpireHold expireHold;
    final MovePlacement move;

    public PlacementFeature(
            AgencyDirectory directory, PlacesGained gained, Exclusions exclusions, Events events, Times times) {
        var beds = new FindBeds(directory, exclusions);
        place = new PlaceChildren(beds, events, new DueWork(), () -> Duration.ofHours(4), gained, times);
        move = new MovePlacement(beds, gained, events, times);
        expireHold = new ExpireHold(gained);
    }

    public Map<UUID, Placement> activeOf(Connection tx, Collection<UUID> children) {
        return new Placements().activeOf(tx, children);
    }

    Optional<Placement> find(Connection tx, UUID id) {
        return new Placements().find(tx, id);
    }

    MovePlacement.Result discharge(Connection tx, UUID id) throws SQLException {
        return move.discharge(tx, new Placements().lock(tx, id).orElseThrow(), EndReason.RETURNED_HOME);
    }
}
