package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.move.MoveRows;

/** Lets investigations that are not determined, and measures that are not over, follow a child who moves. */
@ApplicationScoped
public class MoveInvestigations {
    public void follow(Connection tx, Move move) {
        MoveRows.follow(
                tx,
                move,
                "investigation",
                "(state = 'STARTED' OR EXISTS "
                        + "(SELECT 1 FROM measure m WHERE m.investigation_id = investigation.id AND m.state <> 'ENDED'))");
        MoveRows.followDistrict(tx, move, "measure", "state <> 'ENDED'");
    }
}
