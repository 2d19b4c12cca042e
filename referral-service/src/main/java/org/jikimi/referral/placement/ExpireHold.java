package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.due.DueHandler;

/** Gives a bed free that was held and not asked for in time. */
@ApplicationScoped
public class ExpireHold implements DueHandler {
    static final String KIND = "placement.hold-expiry";

    private final Placements placements = new Placements();
    private final PlacesGained gained;

    ExpireHold(PlacesGained gained) {
        this.gained = gained;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var found = placements.lock(tx, UUID.fromString(subject));
        if (found.isEmpty() || found.get().state() != PlacementState.HELD) {
            return;
        }
        placements.update(tx, found.get().released(now));
        gained.at(tx, found.get().bedOrFail().shelterId(), now);
    }
}
