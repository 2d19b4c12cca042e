package org.jikimi.referral.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.identity.Aliases;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.move.Moves;
import org.jikimi.referral.placement.MovePlacements;
import org.jikimi.referral.referral.MoveReferrals;

/** Hands the open work of a child who moved to the district the child lives in now. */
@ApplicationScoped
public class MoveWork {
    private final Moves moves = new Moves();
    private final Aliases aliases = new Aliases();
    private final MoveReferrals referrals;
    private final MovePlacements placements;

    public MoveWork(MoveReferrals referrals, MovePlacements placements) {
        this.referrals = referrals;
        this.placements = placements;
    }

    /** Lets all of it follow; answers false if it has. */
    boolean follow(Connection tx, Move move) {
        boolean fresh = moves.note(tx, move);
        if (fresh) {
            aliases.movingWith(tx, move.childId()).forEach(id -> go(tx, move.of(id)));
            catchUp(tx, List.of(move.childId()));
        }
        return fresh;
    }

    /** Lets what an event has just opened follow the moves that were heard of before it. */
    void catchUp(Connection tx, Collection<UUID> childIds) {
        for (var child : childIds) {
            moves.of(tx, aliases.leading(tx, child)).forEach(move -> go(tx, move.of(child)));
        }
    }

    private void go(Connection tx, Move move) {
        referrals.follow(tx, move);
        placements.follow(tx, move);
    }
}
