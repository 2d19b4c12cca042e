package org.jikimi.contracts;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.contracts.cases.v1.CaseClosed;
import org.jikimi.contracts.cases.v1.CaseDataErased;
import org.jikimi.contracts.cases.v1.CaseOpened;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.DeadlineApproaching;
import org.jikimi.contracts.cases.v1.DeadlineBreached;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.contracts.cases.v1.InvestigationStarted;
import org.jikimi.contracts.cases.v1.ProtectiveMeasureTaken;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.cases.v1.VisitPlanned;
import org.jikimi.contracts.notification.v1.AlertAcknowledged;
import org.jikimi.contracts.notification.v1.AlertClosed;
import org.jikimi.contracts.notification.v1.AlertDataErased;
import org.jikimi.contracts.notification.v1.AlertEscalated;
import org.jikimi.contracts.notification.v1.AlertRaised;
import org.jikimi.contracts.referral.v1.PlacementEnded;
import org.jikimi.contracts.referral.v1.PlacementReserved;
import org.jikimi.contracts.referral.v1.PlacementUnavailable;
import org.jikimi.contracts.referral.v1.ReferralAccepted;
import org.jikimi.contracts.referral.v1.ReferralCancelled;
import org.jikimi.contracts.referral.v1.ReferralCompleted;
import org.jikimi.contracts.referral.v1.ReferralDataErased;
import org.jikimi.contracts.referral.v1.ReferralDeclined;
import org.jikimi.contracts.referral.v1.ReferralExpired;
import org.jikimi.contracts.referral.v1.ReferralOffered;
import org.jikimi.contracts.referral.v1.ReferralRequested;
import org.jikimi.contracts.referral.v1.ReferralUnplaced;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildSignalRaised;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.contracts.screening.v1.RoundClosed;
import org.jikimi.contracts.screening.v1.RoundOpened;
import org.jikimi.contracts.screening.v1.SourceSilent;

/** Every event type of the platform. What is not listed here has no contract and is not sent. */
public final class EventTypes {

    private static final List<EventType> ALL = List.of(
            new EventType("screening", 1, RoundOpened.class),
            new EventType("screening", 1, ChildFlagged.class),
            new EventType("screening", 1, RoundClosed.class),
            new EventType("screening", 1, SourceSilent.class),
            new EventType("screening", 1, ChildMoved.class),
            new EventType("screening", 1, ChildStatusChanged.class),
            new EventType("screening", 1, ChildSignalRaised.class),
            new EventType("screening", 1, ChildIdentityMerged.class),
            new EventType("screening", 1, ChildIdentitySplit.class),
            new EventType("screening", 1, ChildErased.class),
            new EventType("case", 1, VisitPlanned.class),
            new EventType("case", 1, VisitAttempted.class),
            new EventType("case", 1, VisitCompleted.class),
            new EventType("case", 1, ChildUnlocated.class),
            new EventType("case", 1, AbuseReported.class),
            new EventType("case", 1, InvestigationStarted.class),
            new EventType("case", 1, ProtectiveMeasureTaken.class),
            new EventType("case", 1, AbuseDetermined.class),
            new EventType("case", 1, CaseOpened.class),
            new EventType("case", 1, CaseStatusChanged.class),
            new EventType("case", 1, CaseClosed.class),
            new EventType("case", 1, DeadlineApproaching.class),
            new EventType("case", 1, DeadlineBreached.class),
            new EventType("case", 1, DeadlineCancelled.class),
            new EventType("case", 1, CaseDataErased.class),
            new EventType("referral", 1, ReferralRequested.class),
            new EventType("referral", 1, ReferralOffered.class),
            new EventType("referral", 1, ReferralAccepted.class),
            new EventType("referral", 1, ReferralDeclined.class),
            new EventType("referral", 1, ReferralExpired.class),
            new EventType("referral", 1, ReferralUnplaced.class),
            new EventType("referral", 1, ReferralCompleted.class),
            new EventType("referral", 1, ReferralCancelled.class),
            new EventType("referral", 1, PlacementReserved.class),
            new EventType("referral", 1, PlacementUnavailable.class),
            new EventType("referral", 1, PlacementEnded.class),
            new EventType("referral", 1, ReferralDataErased.class),
            new EventType("notification", 1, AlertRaised.class),
            new EventType("notification", 1, AlertAcknowledged.class),
            new EventType("notification", 1, AlertEscalated.class),
            new EventType("notification", 1, AlertClosed.class),
            new EventType("notification", 1, AlertDataErased.class));

    private static final Map<String, EventType> BY_CE_TYPE =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::ceType, Function.identity()));

    private static final Map<Class<?>, EventType> BY_DATA_CLASS =
            ALL.stream().collect(Collectors.toUnmodifiableMap(EventType::dataClass, Function.identity()));

    private EventTypes() {}

    /** All event types, by producer. */
    public static List<EventType> all() {
        return ALL;
    }

    /** The event types that one service produces; empty for a service that is not known. */
    public static List<EventType> producedBy(String service) {
        return ALL.stream().filter(type -> type.producer().equals(service)).toList();
    }

    /** The event type of a {@code ce_type} header; empty for one that is not known, which a consumer parks. */
    public static Optional<EventType> ofCeType(String ceType) {
        return Optional.ofNullable(BY_CE_TYPE.get(ceType));
    }

    /**
     * The event type of a record.
     *
     * @throws IllegalArgumentException if the class is no event of the platform
     */
    public static EventType of(Class<? extends Record> dataClass) {
        EventType type = BY_DATA_CLASS.get(dataClass);
        if (type == null) {
            throw new IllegalArgumentException(dataClass.getName() + " is no event: list it in EventTypes");
        }
        return type;
    }
}
