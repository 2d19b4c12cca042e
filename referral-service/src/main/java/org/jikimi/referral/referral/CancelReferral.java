package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Ends a referral 연계 취소 that is on offer or for which nobody was found: an offer is taken back, and nobody is asked any more.
 * What an agency has taken on is completed by it instead. The referral is locked by the caller.
 */
@ApplicationScoped
public class CancelReferral {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final PlacesGained gained;
    private final Events events;
    private final Times times;

    CancelReferral(PlacesGained gained, Events events, Times times) {
        this.gained = gained;
        this.events = events;
        this.times = times;
    }

    sealed interface Result {
        record Cancelled(Referral referral) implements Result {}

        /** It is neither on offer nor without a taker. */
        record NotOpen(Referral referral) implements Result {}
    }

    /** @param why a code that the contract knows */
    Result cancel(Connection tx, Referral referral, String why, @Nullable UUID causation) throws SQLException {
        boolean offered = referral.state() == ReferralState.OFFERED;
        if (!offered && referral.state() != ReferralState.UNPLACED) {
            return new Result.NotOpen(referral);
        }
        var now = times.now();
        var cancelled = referral.cancelled(why, now);
        referrals.update(tx, cancelled, referral.version());
        if (offered) {
            offers.answer(tx, referral, OfferAnswer.WITHDRAWN, null, now);
            gained.at(tx, referral.takerOrFail().agencyId(), now);
        }
        events.publish(tx, ReferralEvents.cancelled(cancelled, referral.agencyId(), causation));
        return new Result.Cancelled(cancelled);
    }
}
