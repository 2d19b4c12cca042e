package org.jikimi.cases.intake;

import java.util.Optional;
import java.util.Set;
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

/** The codes that this service acts on. What carries another one waits until somebody has looked. */
final class KnownCodes {
    private static final Set<String> FLAG = Set.of("FLAGGED", "WITHDRAWN", "VISITED", "CLOSED");
    private static final Set<String> CHILD = Set.of("RESIDENT", "DECEASED", "EMIGRATED");
    private static final Set<String> REFERRAL = Set.of(
            "REQUESTED",
            "OFFERED",
            "ACCEPTED",
            "DECLINED",
            "EXPIRED",
            "IN_SERVICE",
            "COMPLETED",
            "CANCELLED",
            "UNPLACED");
    private static final Set<String> PLACEMENT = Set.of("HELD", "RESERVED", "ADMITTED", "DISCHARGED", "UNPLACED");
    private static final Set<String> FALLBACK =
            Set.of("EMERGENCY_FOSTER_CARE", "HOSPITAL", "NEIGHBOURING_DISTRICT", "NONE_YET");
    private static final Set<String> AGENCY = Set.of(
            "CPA",
            "SHELTER",
            "DISTRICT_OFFICE",
            "POLICE_STATION",
            "CLINIC",
            "SCHOOL",
            "DREAM_START",
            "WELFARE_CENTRE",
            "COACHING_PROVIDER");

    private KnownCodes() {}

    /** Which code is not known; empty if all are. */
    static Optional<String> unknown(Record data) {
        return switch (data) {
            case ChildFlagged e -> unless(FLAG.contains(e.state()), "unknown-state");
            case ChildSignalRaised e -> unless(CHILD.contains(e.state()), "unknown-state");
            case ChildStatusChanged e -> unless(CHILD.contains(e.state()), "unknown-state");
            case ChildMoved e -> unless(CHILD.contains(e.state()), "unknown-state");
            case ChildIdentityMerged e -> unless(CHILD.contains(e.state()), "unknown-state");
            case ChildIdentitySplit e -> unless(CHILD.contains(e.state()), "unknown-state");
            case ReferralAccepted e ->
                unless(REFERRAL.contains(e.state()), "unknown-state")
                        .or(() -> unless(AGENCY.contains(e.agencyKind()), "unknown-agency-kind"));
            case ReferralDeclined e -> unless(REFERRAL.contains(e.state()), "unknown-state");
            case ReferralExpired e -> unless(REFERRAL.contains(e.state()), "unknown-state");
            case ReferralUnplaced e -> unless(REFERRAL.contains(e.state()), "unknown-state");
            case ReferralCompleted e -> unless(REFERRAL.contains(e.state()), "unknown-state");
            case ReferralCancelled e -> unless(REFERRAL.contains(e.state()), "unknown-state");
            case PlacementEnded e -> unless(PLACEMENT.contains(e.state()), "unknown-state");
            case PlacementReserved e -> unless(PLACEMENT.contains(e.state()), "unknown-state");
            case PlacementUnavailable e ->
                unless(PLACEMENT.contains(e.state()), "unknown-state")
                        .or(() -> unless(FALLBACK.contains(e.fallback()), "unknown-fallback"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean known, String code) {
        return known ? Optional.empty() : Optional.of(code);
    }
}
