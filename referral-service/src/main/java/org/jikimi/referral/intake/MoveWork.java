package org.jikimi.referral.intake;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
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
            aliases.movingWith(tx, move.childId()).forEach(id -> go(tx, moves.since(tx, id, move)));
        }
        return fresh;
    }

    /** Where work of an alias went because of the child whose alias it was, to be asked before it is known to be another's. */
    List<Move> led(Connection tx, UUID alias) {
        return moves.led(tx, alias);
    }

    /**
     * Lets the work of an id that became an alias go where the child lives, from wherever it followed another child before.
     *
     * @param childVersion the version of the child
     * @param way from where to where; null if the event does not tell, as those of older versions
     */
    void join(Connection tx, UUID alias, List<Move> led, long childVersion, @Nullable Move way) {
        if (way == null) {
            catchUp(tx, List.of(alias));
        } else {
            gather(tx, Stream.concat(led.stream(), moves.forgetMerges(tx, alias).stream()), way);
            moves.noteMerge(tx, way, childVersion);
            go(tx, moves.since(tx, alias, way));
        }
    }

    /** Lets the work of an id that was an alias go home: wherever the child lived meanwhile, it does not belong. */
    void part(Connection tx, UUID alias, List<Move> led, @Nullable Move way) {
        if (way == null) {
            return;
        }
        var merges = moves.forgetMerges(tx, alias);
        gather(tx, Stream.concat(led.stream(), merges.stream()), way);
        go(tx, way);
        for (var merge : merges) { // perhaps the id's own home is another by now
            moves.note(tx, way.from(merge.fromDistrict(), merge.fromDong()));
        }
        go(
                tx,
                moves.of(tx, alias).stream()
                        .filter(move -> move.version() >= way.version())
                        .toList());
    }

    /** Lets the work go where a way leads from wherever other moves led. */
    private void gather(Connection tx, Stream<Move> others, Move way) {
        others.forEach(move -> go(tx, way.from(move.toDistrict(), move.toDong())));
    }

    /** Lets what an event has just opened follow the moves that were heard of before it. */
    void catchUp(Connection tx, Collection<UUID> childIds) {
        childIds.forEach(child -> go(tx, moves.of(tx, child)));
    }

    private void go(Connection tx, List<Move> all) {
        all.forEach(move -> go(tx, move));
    }

    private void go(Connection tx, Move move) {
        if (move.staysThere()) {
            return;
        }
        referrals.follow(tx, move);
        placements.follow(tx, move);
    }
}
