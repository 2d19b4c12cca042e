package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Takes a child's referrals from agencies that turn out to be accused in its matter, offered or taken on, and asks the
 * next best: told as declined for conflict of interest. The child is locked by the caller.
 */
@ApplicationScoped
public class WithdrawFromExcluded {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final Offering offering;
    private final Events events;
    private final Times times;

    WithdrawFromExcluded(Offering offering, Events events, Times times) {
        this.offering = offering;
        this.events = events;
        this.times = times;
    }

    public void withdraw(Connection tx, UUID childId, Collection<UUID> agencyIds, @Nullable UUID causation)
            throws SQLException {
        for (var referral : referrals.heldBy(tx, childId, agencyIds)) {
            var reason = RefusalReason.CONFLICT_OF_INTEREST;
            var declined = referral.declined(times.now());
            offers.answer(tx, referral, OfferAnswer.WITHDRAWN, reason, times.now());
            events.publish(tx, ReferralEvents.declined(declined, referral.takerOrFail(), reason, causation));
            offering.next(tx, declined, referral.version(), causation);
        }
    }
}
