package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.referral.agency.Agency;
import org.jikimi.runtime.db.KeyLocks;

/** Offers what no agency could take, the most pressing first, when an agency has places. */
@ApplicationScoped
public class RetryUnplaced {
    /** More than any agency has places at once; the next place that is free brings the rest. */
    private static final int MOST = 200;

    private final Referrals referrals = new Referrals();
    private final Offering offering;

    RetryUnplaced(Offering offering) {
        this.offering = offering;
    }

    public void retry(Connection tx, Agency agency) throws SQLException {
        if (!agency.isOpen()) {
            return;
        }
        var seen = waiting(tx, agency);
        KeyLocks.lock(
                tx,
                seen.stream()
                        .map(referral -> referral.ask().childId().toString())
                        .toList());
        var ids = seen.stream().map(Referral::id).toList();
        for (var referral : waiting(tx, agency)) {
            if (ids.contains(referral.id())) {
                offering.again(tx, referral);
            }
        }
    }

    private List<Referral> waiting(Connection tx, Agency agency) {
        return referrals.waiting(tx, agency.places().keySet(), agency.catchment(), MOST);
    }
}
