package org.jikimi.referral.referral;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A service asked for a child 연계 의뢰: requested, offered to one agency after the other until one takes it on, delivered.
 * Each step answers the next version; a step that the state does not allow is a bug of the caller.
 *
 * @param round offers made so far
 * @param taker null while there is none
 * @param outcome what the service came to; null before
 * @param reason why it is unplaced or cancelled; null otherwise
 */
public record Referral(
        UUID id,
        long version,
        ReferralState state,
        Ask ask,
        int round,
        @Nullable Taker taker,
        @Nullable ServiceOutcome outcome,
        @Nullable String reason,
        Instant changedAt) {

    static Referral requested(UUID id, Ask ask) {
        return new Referral(id, 1, ReferralState.REQUESTED, ask, 0, null, null, null, ask.requestedAt());
    }

    /** Who has it, offered or taken. */
    public @Nullable UUID agencyId() {
        return taker == null ? null : taker.agencyId();
    }

    Taker takerOrFail() {
        return Objects.requireNonNull(taker, "taker");
    }

    /** For those who must not learn who has it. */
    Referral withoutTaker() {
        return new Referral(id, version, state, ask, round, null, outcome, reason, changedAt);
    }

    Referral offered(Taker to) {
        require(state == ReferralState.REQUESTED
                || state == ReferralState.DECLINED
                || state == ReferralState.EXPIRED
                || state == ReferralState.UNPLACED);
        return next(ReferralState.OFFERED, round + 1, to, null, null, to.offeredAt());
    }

    Referral accepted(Instant at) {
        require(state == ReferralState.OFFERED);
        return next(ReferralState.ACCEPTED, round, takerOrFail().accepting(at), null, null, at);
    }

    /** Declined by the agency, or taken from it because it is accused in the child's matter. */
    Referral declined(Instant at) {
        require(state == ReferralState.OFFERED || state.isTaken());
        return next(ReferralState.DECLINED, round, null, null, null, at);
    }

    Referral expired(Instant at) {
        require(state == ReferralState.OFFERED);
        return next(ReferralState.EXPIRED, round, null, null, null, at);
    }

    Referral unplaced(String why, Instant at) {
        require(state == ReferralState.REQUESTED || state == ReferralState.DECLINED || state == ReferralState.EXPIRED);
        return next(ReferralState.UNPLACED, round, null, null, why, at);
    }

    Referral inService(Instant at) {
        require(state == ReferralState.ACCEPTED);
        return next(ReferralState.IN_SERVICE, round, taker, null, null, at);
    }

    Referral completed(ServiceOutcome what, Instant at) {
        require(state.isTaken());
        return next(ReferralState.COMPLETED, round, taker, what, null, at);
    }

    Referral cancelled(String why, Instant at) {
        require(state == ReferralState.OFFERED || state == ReferralState.UNPLACED);
        return next(ReferralState.CANCELLED, round, null, null, why, at);
    }

    private Referral next(
            ReferralState to,
            int offers,
            @Nullable Taker who,
            @Nullable ServiceOutcome what,
            @Nullable String why,
            Instant at) {
        return new Referral(id, version + 1, to, ask, offers, who, what, why, at);
    }

    private void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalStateException("referral " + id + " is " + state);
        }
    }
}
