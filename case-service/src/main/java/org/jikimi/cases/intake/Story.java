package org.jikimi.cases.intake;

import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.timeline.Happening;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.contracts.referral.v1.ReferralAccepted;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDeclined;
import org.jikimi.contracts.referral.v1.ReferralExpired;
import org.jikimi.contracts.referral.v1.ReferralUnplaced;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildSignalRaised;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jspecify.annotations.Nullable;

/** What other services tell, as lines of a child's story: at the time at which it happened there. */
final class Story {
    private Story() {}

    static Happening of(ReceivedEvent event, Record data) {
        return switch (data) {
            case ChildFlagged e -> line(event, data, e.childId(), e.flagId(), e.state(), null, e.flaggedAt());
            case ChildMoved e -> line(event, data, e.childId(), e.childId(), e.state(), e.districtCode(), e.movedAt());
            case ChildStatusChanged e ->
                line(
                        event,
                        data,
                        e.childId(),
                        e.childId(),
                        e.state(),
                        e.statusOn() == null ? null : e.statusOn().toString(),
                        e.changedAt());
            case ChildIdentityMerged e ->
                line(event, data, e.childId(), e.mergedChildId(), e.state(), null, e.mergedAt());
            case ChildIdentitySplit e -> line(event, data, e.childId(), e.splitChildId(), e.state(), null, e.splitAt());
            case ChildSignalRaised e ->
                line(
                        event,
                        data,
                        e.childId(),
                        e.childId(),
                        e.state(),
                        e.indicators().getLast(),
                        e.raisedAt());
            case ReferralAccepted e ->
                line(event, data, e.childId(), e.referralId(), e.state(), e.serviceCode(), e.acceptedAt());
            case ReferralDeclined e ->
                line(event, data, e.childId(), e.referralId(), e.state(), e.reason(), e.declinedAt());
            case ReferralExpired e -> line(event, data, e.childId(), e.referralId(), e.state(), null, e.expiredAt());
            case ReferralUnplaced e ->
                line(event, data, e.childId(), e.referralId(), e.state(), e.reason(), e.unplacedAt());
            case ReferralCompleted e ->
                line(event, data, e.childId(), e.referralId(), e.state(), e.outcome(), e.completedAt());
            case ReferralCancelled e ->
                line(event, data, e.childId(), e.referralId(), e.state(), e.reason(), e.cancelledAt());
            case PlacementEnded e ->
                line(event, data, e.childId(), e.placementId(), e.state(), e.reason(), e.endedAt());
            case PlacementReserved e ->
                line(event, data, e.childId(), e.placementId(), e.state(), e.splitReason(), e.reservedAt());
            case PlacementUnavailable e ->
                line(event, data, e.childId(), e.placementId(), e.state(), e.fallback(), e.sinceAt());
            default -> throw new IllegalArgumentException("nothing is heard of " + data.getClass());
        };
    }

    private static Happening line(
            ReceivedEvent event,
            Record data,
            UUID childId,
            UUID subjectId,
            String state,
            @Nullable String detail,
            Instant at) {
        var type = EventTypes.of(data.getClass());
        return new Happening(
                childId, at, type.producer(), type.topic(), subjectId, state, detail, correlation(event, subjectId));
    }

    /** An event without a correlation begins its own. */
    private static UUID correlation(ReceivedEvent event, UUID subjectId) {
        var header = event.headers().get("ce_correlationid");
        try {
            return header == null ? subjectId : UUID.fromString(header);
        } catch (IllegalArgumentException malformed) {
            return subjectId;
        }
    }
}
