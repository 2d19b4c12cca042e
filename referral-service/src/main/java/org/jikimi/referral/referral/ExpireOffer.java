package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.event.Events;

/** Takes an offer back that nobody answered in time, and asks the next best. */
@ApplicationScoped
public class ExpireOffer implements DueHandler {
    static final String KIND = "referral.offer-expiry";

    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final Offering offering;
    private final Events events;

    ExpireOffer(Offering offering, Events events) {
        this.offering = offering;
        this.events = events;
    }

    /** One subject an offer, so that a new offer never waits for the expiry of the one before. */
    static String subject(Referral offered) {
        return offered.id() + ":" + offered.round();
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var parts = subject.split(":", 2);
        var found = referrals.lock(tx, UUID.fromString(parts[0]));
        if (found.isEmpty()
                || found.get().state() != ReferralState.OFFERED
                || found.get().round() != Integer.parseInt(parts[1])) {
            return;
        }
        var referral = found.get();
        offers.answer(tx, referral, OfferAnswer.EXPIRED, null, now);
        var expired = referral.expired(now);
        events.publish(
                tx, ReferralEvents.expired(expired, referral.takerOrFail().agencyId()));
        offering.next(tx, expired, referral.version(), null);
    }
}
