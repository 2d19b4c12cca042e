package org.jikimi.referral.referral;

import java.util.Collection;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.referral.v1.ReferralAccepted;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDeclined;
import org.jikimi.contracts.referral.v1.ReferralExpired;
import org.jikimi.contracts.referral.v1.ReferralOffered;
import org.jikimi.contracts.referral.v1.ReferralRequested;
import org.jikimi.contracts.referral.v1.ReferralUnplaced;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform what became of a referral. */
final class ReferralEvents {
    private ReferralEvents() {}

    static EventDraft requested(Referral referral, Collection<UUID> excluded, @Nullable UUID causation) {
        var ask = referral.ask();
        var data = new ReferralRequested(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                ask.dongCode(),
                ask.visitId(),
                ask.urgency().name(),
                ask.basis().name(),
                ask.legalBasis(),
                excluded.stream().sorted().toList(),
                ask.requestedAt());
        return draft(referral, data, causation);
    }

    static EventDraft offered(Referral referral, @Nullable UUID causation) {
        var ask = referral.ask();
        var taker = referral.takerOrFail();
        var data = new ReferralOffered(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                taker.agencyId(),
                taker.kind().name(),
                referral.round(),
                taker.expiresAt(),
                taker.offeredAt());
        return draft(referral, data, causation);
    }

    static EventDraft accepted(Referral referral) {
        var ask = referral.ask();
        var taker = referral.takerOrFail();
        var data = new ReferralAccepted(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                taker.agencyId(),
                taker.kind().name(),
                referral.changedAt());
        return draft(referral, data, null);
    }

    static EventDraft declined(Referral referral, Taker decliner, RefusalReason reason, @Nullable UUID causation) {
        var ask = referral.ask();
        var data = new ReferralDeclined(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                decliner.agencyId(),
                decliner.expiresAt(),
                reason.name(),
                referral.changedAt());
        return draft(referral, data, causation);
    }

    static EventDraft expired(Referral referral, UUID agencyId) {
        var ask = referral.ask();
        var data = new ReferralExpired(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                agencyId,
                referral.round(),
                referral.changedAt());
        return draft(referral, data, null);
    }

    static EventDraft unplaced(Referral referral, @Nullable UUID causation) {
        var ask = referral.ask();
        var data = new ReferralUnplaced(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                referral.round(),
                Objects.requireNonNull(referral.reason()),
                referral.changedAt());
        return draft(referral, data, causation);
    }

    static EventDraft completed(Referral referral, @Nullable UUID causation) {
        var ask = referral.ask();
        var data = new ReferralCompleted(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                referral.takerOrFail().agencyId(),
                Objects.requireNonNull(referral.outcome()).name(),
                referral.changedAt());
        return draft(referral, data, causation);
    }

    /** @param agencyId the agency that had an offer; null if there was none */
    static EventDraft cancelled(Referral referral, @Nullable UUID agencyId, @Nullable UUID causation) {
        var ask = referral.ask();
        var data = new ReferralCancelled(
                referral.id(),
                referral.version(),
                referral.state().name(),
                ask.childId(),
                ask.districtCode(),
                ask.serviceCode(),
                ask.caseId(),
                agencyId,
                Objects.requireNonNull(referral.reason()),
                referral.changedAt());
        return draft(referral, data, causation);
    }

    private static EventDraft draft(Referral referral, Record data, @Nullable UUID causation) {
        var ask = referral.ask();
        return new EventDraft(data, ask.childId(), referral.id(), ask.districtCode(), ask.correlationId(), causation);
    }
}
