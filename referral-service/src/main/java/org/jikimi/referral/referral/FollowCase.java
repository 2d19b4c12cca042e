package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.time.Times;

/**
 * Carries the referrals of a case along with it: they are in service when the case is, and end with it. A case may be
 * opened again, so only referrals of an opening before the event are meant. The child is locked by the caller.
 */
@ApplicationScoped
public class FollowCase {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final DeliverService deliver;
    private final PlacesGained gained;
    private final Times times;

    FollowCase(DeliverService deliver, PlacesGained gained, Times times) {
        this.deliver = deliver;
        this.gained = gained;
        this.times = times;
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
            } else if (referral.state() == ReferralState.OFFERED || referral.state() == ReferralState.UNPLACED) {
                cancel(tx, referral);
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

    private void cancel(Connection tx, Referral referral) throws SQLException {
        var cancelled = referral.cancelled("CASE_CLOSED", times.now());
        referrals.update(tx, cancelled, referral.version());
        if (referral.state() == ReferralState.OFFERED) {
            offers.answer(tx, referral, OfferAnswer.WITHDRAWN, null, times.now());
            gained.at(tx, referral.takerOrFail().agencyId(), times.now());
        }
    }
}
