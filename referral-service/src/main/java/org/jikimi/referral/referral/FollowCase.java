package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Carries the referrals of a case along with it: they are in service when the case is, and end with it. A case may be
 * opened again, so only referrals of an opening before the event are meant. The child is locked by the caller.
 */
@ApplicationScoped
public class FollowCase {
    private static final String CASE_CLOSED = "CASE_CLOSED";

    private final Referrals referrals = new Referrals();
    private final DeliverService deliver;
    private final CancelReferral cancel;

    FollowCase(DeliverService deliver, CancelReferral cancel) {
        this.deliver = deliver;
        this.cancel = cancel;
    }

    /** What became of it. */
    public enum Result {
        FOLLOWED,
        /** There is nothing left to be done. */
        NOTHING_LEFT,
        /** No referral of the case is known yet. */
        CASE_UNKNOWN
    }

    /** The agency works with the family. */
    public Result inService(Connection tx, UUID caseId, long caseVersion) {
        var meant = meant(tx, caseId, caseVersion);
        if (meant.isEmpty()) {
            return Result.CASE_UNKNOWN;
        }
        var result = Result.NOTHING_LEFT;
        for (var referral : meant) {
            if (referral.state() == ReferralState.ACCEPTED) {
                deliver.begin(tx, referral);
                result = Result.FOLLOWED;
            }
        }
        return result;
    }

    /**
     * The case is closed: what an agency has taken on is completed, what nobody has taken on is cancelled.
     *
     * @param outcome what the service came to
     */
    public Result closed(Connection tx, UUID caseId, long caseVersion, ServiceOutcome outcome, UUID causation)
            throws SQLException {
        var meant = meant(tx, caseId, caseVersion);
        if (meant.isEmpty()) {
            return Result.CASE_UNKNOWN;
        }
        var result = Result.NOTHING_LEFT;
        for (var referral : meant) {
            if (referral.state().isTaken()) {
                deliver.complete(tx, referral, outcome, causation);
                result = Result.FOLLOWED;
            } else if (cancel.cancel(tx, referral, CASE_CLOSED, causation) instanceof CancelReferral.Result.Cancelled) {
                result = Result.FOLLOWED;
            }
        }
        return result;
    }

    private List<Referral> meant(Connection tx, UUID caseId, long caseVersion) {
        return referrals.ofCase(tx, caseId).stream()
                .filter(referral ->
                        referral.ask().caseVersion() != null && referral.ask().caseVersion() <= caseVersion)
                .toList();
    }
}
