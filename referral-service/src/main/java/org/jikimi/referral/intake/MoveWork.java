package org.jikimi.referral.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.identity.Aliases;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.move.Moves;
import org.jikimi.referral.placement.MovePlacements;
import org.jikimi.referral.referral.MoveReferrals;
import org.jspecify.annotations.Nullable;

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
    boolean follow(Connection tx, Move move) throws SQLException {
        aliases.lock(tx, move.childId());
        boolean fresh = moves.note(tx, move);
        if (fresh) {
            aliases.movingWith(tx, move.childId()).forEach(id -> goSince(tx, id, move));
        }
        return fresh;
    }

    /**
     * Lets the work of an id that became an alias go where the child lives.
     *
     * @param way from where to where; null if the event does not tell, as those of older versions
     */
    void join(Connection tx, Aliases.Decision decision, @Nullable Move way) {
        if (way == null) {
            catchUp(tx, List.of(decision.alias()));
        } else {
            moves.noteMerge(tx, way);
            goSince(tx, decision.alias(), way);
        }
    }

    /** Lets the work of an id that was an alias go home: wherever the child lived, it does not belong. */
    void part(Connection tx, Aliases.Decision decision, @Nullable Move way) {
        if (way == null) {
            return;
        }
        for (var merge : moves.forgetMerges(tx, decision.alias())) {
            go(tx, way.from(merge.toDistrict(), merge.toDong()));
        }
        go(tx, way);
        for (var move : moves.of(tx, List.of(decision.child()))) {
            go(tx, way.from(move.fromDistrict(), move.fromDong()));
            go(tx, way.from(move.toDistrict(), move.toDong()));
        }
        moves.of(tx, List.of(decision.alias())).stream()
                .filter(move -> move.version() > way.version())
                .forEach(move -> go(tx, move));
    }

    private void goSince(Connection tx, UUID id, Move first) {
        moves.of(tx, aliases.leading(tx, id)).stream()
                .dropWhile(move -> !(move.childId().equals(first.childId()) && move.version() == first.version()))
                .forEach(move -> go(tx, move.of(id)));
    }

    /** Lets what an event has just opened follow the moves that were heard of before it. */
    void catchUp(Connection tx, Collection<UUID> childIds) {
        for (var child : childIds) {
            moves.of(tx, aliases.leading(tx, child)).forEach(move -> go(tx, move.of(child)));
        }
    }

    private void go(Connection tx, Move move) {
        if (move.staysThere()) {
            return;
        }
        referrals.follow(tx, move);
        placements.follow(tx, move);
    }
}
