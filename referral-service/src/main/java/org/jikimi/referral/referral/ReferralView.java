package org.jikimi.referral.referral;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A referral as the API shows it. The child is a pseudonym.
 *
 * @param agencyId to whom it is offered, or who took it; null while nobody
 * @param expiresAt when the open offer ends; null if none is open
 * @param unplacedReason {@code NO_MATCH}, {@code ALL_DECLINED} or {@code ALL_EXPIRED}; null unless unplaced
 * @param cancelledReason {@code WITHDRAWN}, {@code NO_LONGER_NEEDED} or {@code CASE_CLOSED}; null unless cancelled
 * @param offers offers made, first to last; an agency sees its own
 * @param matching why which agency was chosen, for city staff who read one referral
 */
public record ReferralView(
        UUID id,
        long version,
        String state,
        UUID childId,
        String districtCode,
        @Nullable String dongCode,
        String serviceCode,
        @Nullable String needCode,
        String urgency,
        String basis,
        @Nullable String legalBasis,
        @Nullable UUID caseId,
        @Nullable UUID visitId,
        UUID correlationId,
        Instant requestedAt,
        @Nullable UUID agencyId,
        @Nullable String agencyKind,
        @Nullable Instant expiresAt,
        @Nullable Instant acceptedAt,
        @Nullable String outcome,
        @Nullable String unplacedReason,
        @Nullable String cancelledReason,
        Instant changedAt,
        List<OfferView> offers,
        List<MatchView> matching) {
    public ReferralView {
        offers = List.copyOf(offers);
        matching = List.copyOf(matching);
    }

    /**
     * An offer.
     *
     * @param answer {@code ACCEPTED}, {@code DECLINED}, {@code EXPIRED} or {@code WITHDRAWN}; null while it is open
     * @param reason why it was declined
     */
    public record OfferView(
            int round,
            UUID agencyId,
            Instant offeredAt,
            Instant expiresAt,
            @Nullable String answer,
            @Nullable String reason,
            @Nullable Instant answeredAt) {}

    /**
     * How an agency was judged.
     *
     * @param round the offer it led to, or would have led to
     * @param rank 1 for the one that was chosen; 0 for one that does not qualify
     * @param failed of {@code SERVICE}, {@code CATCHMENT}, {@code OPEN}, {@code NOT_EXCLUDED}, {@code NOT_ASKED_BEFORE},
     *     {@code FREE_CAPACITY}
     * @param taken places that families and offers held
     * @param places places it had
     */
    public record MatchView(int round, UUID agencyId, int rank, List<String> failed, int taken, int places) {
        public MatchView {
            failed = List.copyOf(failed);
        }
    }

    static ReferralView of(Referral referral, List<Offer> offers, List<Offers.RoundJudgement> judgements) {
        var ask = referral.ask();
        var taker = referral.taker();
        return new ReferralView(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.dongCode(),
                ask.serviceCode(),
                ask.needCode(),
                ask.urgency().name(),
                ask.basis().name(),
                ask.legalBasis(),
                ask.caseId(),
                ask.visitId(),
                ask.correlationId(),
                ask.requestedAt(),
                referral.agencyId(),
                taker == null ? null : taker.kind().name(),
                taker == null || referral.state() != ReferralState.OFFERED ? null : taker.expiresAt(),
                taker == null ? null : taker.acceptedAt(),
                Objects.toString(referral.outcome(), null),
                referral.state() == ReferralState.UNPLACED ? referral.reason() : null,
                referral.state() == ReferralState.CANCELLED ? referral.reason() : null,
                referral.changedAt(),
                offers.stream().map(ReferralView::offer).toList(),
                judgements.stream().map(ReferralView::match).toList());
    }

    private static OfferView offer(Offer offer) {
        return new OfferView(
                offer.round(),
                offer.agencyId(),
                offer.offeredAt(),
                offer.expiresAt(),
                Objects.toString(offer.answer(), null),
                Objects.toString(offer.reason(), null),
                offer.answeredAt());
    }

    private static MatchView match(Offers.RoundJudgement judged) {
        var judgement = judged.judgement();
        return new MatchView(
                judged.round(),
                judgement.agencyId(),
                judgement.rank(),
                judgement.failed().stream().map(Criterion::name).toList(),
                judgement.taken(),
                judgement.places());
    }
}
