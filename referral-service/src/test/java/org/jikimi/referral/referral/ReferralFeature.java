package org.jikimi.referral.referral;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.agency.PlacesGained;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;

/** The use cases of referrals, put together as CDI does. */
public final class ReferralFeature {
    static final OfferTerms TERMS = new OfferTerms() {
        @Override
        public Duration emergency() {
            return Duration.ofHours(12);
        }

        @Override
        public Duration urgent() {
            return Duration.ofDays(8);
        }

        @Override
        public Duration ordinary() {
            return Duration.ofDays(15);
        }
    };

    public final RequestReferral request;
    public final FollowCase follow;
    public final WithdrawFromExcluded withdraw;
    public final RetryUnplaced retry;
    public final ExpireOffer expire;
    final AnswerOffer answers;
    final DeliverService deliver;
    final CancelReferral cancel;

    public ReferralFeature(
            AgencyDirectory directory, PlacesGained gained, Exclusions exclusions, Events events, Times times) {
        var offering = new Offering(directory, exclusions, events, new DueWork(), TERMS, times);
        request = new RequestReferral(offering);
        answers = new AnswerOffer(offering, directory, events, times);
        deliver = new DeliverService(gained, events, times);
        cancel = new CancelReferral(gained, events, times);
        follow = new FollowCase(deliver, cancel);
        withdraw = new WithdrawFromExcluded(offering, events, times);
        retry = new RetryUnplaced(offering);
        expire = new ExpireOffer(offering, events);
    }

    public Optional<Referral> find(Connection tx, UUID id) {
        return new Referrals().find(tx, id);
    }

    /** Answers false if it was refused. */
    public boolean accept(Connection tx, UUID id) throws SQLException {
        var referral = new Referrals().lock(tx, id).orElseThrow();
        return answers.accept(tx, referral) instanceof AnswerOffer.Result.Answered;
    }

    public void decline(Connection tx, UUID id, RefusalReason reason) throws SQLException {
        answers.decline(tx, new Referrals().lock(tx, id).orElseThrow(), reason);
    }

    public void complete(Connection tx, UUID id, ServiceOutcome outcome) throws SQLException {
        deliver.complete(tx, new Referrals().lock(tx, id).orElseThrow(), outcome, null);
    }
}
