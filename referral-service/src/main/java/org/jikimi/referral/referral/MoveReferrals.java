package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import org.jikimi.referral.move.Move;
import org.jikimi.referral.move.MoveRows;

/** Lets referrals that are not over follow a child who moves; the agency that has one keeps it. */
@ApplicationScoped
public class MoveReferrals {
    public void follow(Connection tx, Move move) {
        MoveRows.follow(tx, move, "referral", "state NOT IN ('COMPLETED', 'CANCELLED')");
    }
}
