package org.jikimi.referral.placement;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.move.MoveRows;

/** Lets placements that are not over follow a child whose family moves; the bed stays the child's. */
@ApplicationScoped
public class MovePlacements {
    public void follow(Connection tx, Move move) {
        MoveRows.followDistrict(tx, move, "placement", "state IN ('HELD', 'RESERVED', 'ADMITTED', 'UNPLACED')");
    }
}
