package org.jikimi.referral.referral;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jikimi.referral.agency.Agency;
import org.jikimi.referral.agency.AgencyDirectory;
import org.jikimi.referral.exclusion.Exclusions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Offers a referral to the agency that matches best. The agencies that come into question are locked first, so that no
 * place is given away twice; an offer holds its place until it ends.
 */
@ApplicationScoped
class Offering {
    private final Referrals referrals = new Referrals();
    private final Offers offers = new Offers();
    private final AgencyDirectory directory;
    private final Exclusions exclusions;
    private final Events events;
    private final DueWork dueWork;
    private final OfferTerms terms;
    private final Times times;

    Offering(
            AgencyDirectory directory,
            Exclusions exclusions,
            Events events,
            DueWork dueWork,
            OfferTerms terms,
            Times times) {
        this.directory = directory;
        this.exclusions = exclusions;
        this.events = events;
        this.dueWork = dueWork;
        this.terms = terms;
        this.times = times;
    }

    /** Stores a referral that is new, and offers it. */
    Referral first(Connection tx, Referral requested, @Nullable UUID causation) throws SQLException {
        referrals.insert(tx, requested);
        var excluded = exclusions.of(tx, List.of(requested.ask().childId()));
        events.publish(tx, ReferralEvents.requested(requested, excluded, causation));
        return next(tx, requested, 1, causation);
    }

    /**
     * Offers a referral to the next best, after an offer has ended.
     *
     * @param ended the referral in the state {@code DECLINED} or {@code EXPIRED}, not stored
     * @param from the version that is stored
     */
    Referral next(Connection tx, Referral ended, long from, @Nullable UUID causation) throws SQLException {
        var made = offers.of(tx, ended.id());
        var match = match(tx, ended, made, offer -> true);
        if (match.chosen().isPresent()) {
            return offer(tx, ended, match.chosen().get(), from, causation);
        }
        var unplaced = ended.unplaced(why(made), times.now());
        referrals.update(tx, unplaced, from);
        events.publish(tx, ReferralEvents.unplaced(unplaced, causation));
        return unplaced;
    }

    /** Tries an unplaced referral again; those who had no room or did not answer may be asked once more. */
    Referral again(Connection tx, Referral unplaced) throws SQLException {
        var match = match(tx, unplaced, offers.of(tx, unplaced.id()), offer -> !offer.mayBeRepeated());
        return match.chosen().isPresent()
                ? offer(tx, unplaced, match.chosen().get(), unplaced.version(), null)
                : unplaced;
    }

    private Matching match(Connection tx, Referral referral, List<Offer> made, Predicate<Offer> barring) {
        var ask = referral.ask();
        var agencies = directory.lockServing(tx, ask.districtCode(), ask.serviceCode());
        var held = referrals.held(
                tx, ask.serviceCode(), agencies.stream().map(Agency::id).toList());
        var candidates = agencies.stream()
                .map(agency -> new Candidate(agency, held.getOrDefault(agency.id(), 0)))
                .toList();
        var askedBefore = made.stream().filter(barring).map(Offer::agencyId).collect(Collectors.toSet());
        var match = Matching.of(ask, exclusions.of(tx, List.of(ask.childId())), askedBefore, candidates);
        offers.explain(tx, referral.id(), referral.round() + 1, match.judgements());
        return match;
    }

    private Referral offer(Connection tx, Referral referral, Agency to, long from, @Nullable UUID causation)
            throws SQLException {
        var now = times.now();
        var offered = referral.offered(Taker.offered(to.id(), to.kind(), now, expiry(referral, now)));
        referrals.update(tx, offered, from);
        offers.insert(tx, offered);
        dueWork.plan(
                tx,
                ExpireOffer.KIND,
                ExpireOffer.subject(offered),
                offered.takerOrFail().expiresAt());
        events.publish(tx, ReferralEvents.offered(offered, causation));
        return offered;
    }

    private Instant expiry(Referral referral, Instant now) {
        return now.plus(terms.of(referral.ask().urgency()));
    }

    private static String why(List<Offer> made) {
        if (made.isEmpty()) {
            return "NO_MATCH";
        }
        return made.stream().allMatch(offer -> offer.answer() == OfferAnswer.EXPIRED) ? "ALL_EXPIRED" : "ALL_DECLINED";
    }
}
