package org.jikimi.referral.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.referral.identity.Aliases;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.placement.PlaceChildren;
import org.jikimi.referral.referral.WithdrawFromExcluded;
import org.jspecify.annotations.Nullable;

/**
 * Takes ids for one child, as the registry told. An agency that is accused in the matter of one id is accused in that of
 * the other, and loses what it has of either; work of the alias goes where the child lives.
 */
@ApplicationScoped
public class IdentifyChild {
    private final Aliases aliases = new Aliases();
    private final Exclusions exclusions;
    private final WithdrawFromExcluded withdraw;
    private final PlaceChildren place;
    private final MoveWork moves;

    public IdentifyChild(Exclusions exclusions, WithdrawFromExcluded withdraw, PlaceChildren place, MoveWork moves) {
        this.exclusions = exclusions;
        this.withdraw = withdraw;
        this.place = place;
        this.moves = moves;
    }

    /**
     * Notes it; answers false if something newer is known.
     *
     * @param childVersion the version of the child that survives
     * @param way from where to where the id goes by it; null if the event does not tell
     * @param eventId the event that told so
     */
    boolean identify(Connection tx, Aliases.Decision decision, long childVersion, @Nullable Move way, UUID eventId)
            throws SQLException {
        aliases.lock(tx, decision.alias());
        var led = moves.led(tx, decision.alias());
        if (!aliases.note(tx, decision)) {
            return false;
        }
        aliases.lock(tx, decision.alias()); // the child's too, now that they are one
        if (decision.active()) {
            moves.join(tx, decision.alias(), led, childVersion, way);
            exclude(tx, decision.child(), eventId);
        } else {
            moves.part(tx, decision.alias(), led, way);
        }
        return true;
    }

    /** Has all agencies that are excluded for a child lose what they have of it, under whichever id. */
    void exclude(Connection tx, UUID child, UUID eventId) throws SQLException {
        aliases.lock(tx, child);
        var excluded = exclusions.of(tx, List.of(child));
        if (!excluded.isEmpty()) {
            withdraw.withdraw(tx, child, excluded, eventId);
            for (var id : aliases.idsOf(tx, child)) {
                place.leaveExcluded(tx, id, excluded, eventId);
            }
        }
    }
}
