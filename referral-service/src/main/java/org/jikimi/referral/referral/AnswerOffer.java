package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/**
 * An agency takes on what is offered to it, or declines and the next best is asked. An offer that has run out is good
 * until it has been taken back. The referral is locked by the caller.
 */
@ApplicationScoped
public class AnswerOffer {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final Offering offering;
    private final AgencyDirectory directory;
    private final Events events;
    private final Times times;

    AnswerOffer(Offering offering, AgencyDirectory directory, Events events, Times times) {
        this.offering = offering;
        this.directory = directory;
        this.events = events;
        this.times = times;
    }

    sealed interface Result {
        record Answered(Referral referral) implements Result {}

        record NotOffered(Referral referral) implements Result {}

        /** Its places have become fewer since the offer was made, or it is not open. */
        record NoPlace(Referral referral) implements Result {}
    }

    Result accept(Connection tx, Referral referral) throws SQLException {
        if (referral.state() != ReferralState.OFFERED) {
            return new Result.NotOffered(referral);
        }
        var service = referral.ask().serviceCode();
        var agency =
                directory.lock(tx, Objects.requireNonNull(referral.agencyId())).orElseThrow();
        if (!agency.isOpen() || referrals.taken(tx, service, agency.id()) >= agency.placesFor(service)) {
            return new Result.NoPlace(referral);
        }
        var accepted = referral.accepted(times.now());
        referrals.update(tx, accepted, referral.version());
        offers.answer(tx, referral, OfferAnswer.ACCEPTED, null, times.now());
        events.publish(tx, ReferralEvents.accepted(accepted));
        return new Result.Answered(accepted);
    }

    Result decline(Connection tx, Referral referral, RefusalReason reason) throws SQLException {
        if (referral.state() != ReferralState.OFFERED) {
            return new Result.NotOffered(referral);
        }
        var declined = referral.declined(times.now());
        offers.answer(tx, referral, OfferAnswer.DECLINED, reason, times.now());
        events.publish(tx, ReferralEvents.declined(declined, referral.takerOrFail(), reason, null));
        return new Result.Answered(offering.next(tx, declined, referral.version(), null));
    }
}
