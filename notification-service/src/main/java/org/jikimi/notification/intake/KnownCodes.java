package org.jikimi.notification.intake;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.jikimi.contracts.cases.v1.AbuseReported;
import org.jikimi.contracts.cases.v1.ChildUnlocated;
import org.jikimi.contracts.cases.v1.DeadlineApproaching;
import org.jikimi.contracts.cases.v1.DeadlineBreached;
import org.jikimi.contracts.cases.v1.DeadlineCancelled;
import org.jikimi.contracts.cases.v1.InvestigationStarted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.contracts.cases.v1.VisitPlanned;
import org.jikimi.contracts.referral.v1.ReferralOffered;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.notification.alert.RecipientRole;
import org.jikimi.notification.alert.SubjectType;

/** The codes that rules turn on. An event with a code that is newer than this service must wait, not pass in silence. */
final class KnownCodes {
    private static final Set<String> URGENCIES = Set.of("EMERGENCY", "URGENT", "ORDINARY");
    private static final Set<String> VISIT_KINDS = Set.of("DONG_OFFICER", "JOINT_WITH_POLICE");
    private static final Set<String> OUTCOMES =
            Set.of("SAFE", "WELFARE_NEED", "SUSPECTED_ABUSE", "REFUSED", "UNLOCATED", "ABROAD", "MOVED", "DECEASED");
    private static final Set<String> REGISTER_STATES = Set.of("RESIDENT", "DECEASED", "EMIGRATED");
    private static final Set<String> CHECK_STATES = Set.of("OPEN", "POLICE_REQUESTED", "LOCATED", "CLOSED");
    private static final Set<String> ATTENDANCES = Set.of("JOINT", "LOCAL_GOVERNMENT_ALONE", "POLICE_ALONE");

    private KnownCodes() {}

    /** Why the event cannot be judged; empty if it can. */
    static Optional<String> unknown(Record event) {
        return switch (event) {
            case AbuseReported e -> unless(URGENCIES.contains(e.urgency()), "unknown-urgency");
            case ChildStatusChanged e -> unless(REGISTER_STATES.contains(e.state()), "unknown-state");
            case VisitPlanned e -> unless(VISIT_KINDS.contains(e.kind()), "unknown-visit-kind");
            case VisitCompleted e -> unless(OUTCOMES.contains(e.outcome()), "unknown-outcome");
            case ChildUnlocated e -> unless(CHECK_STATES.contains(e.state()), "unknown-state");
            case InvestigationStarted e -> unless(ATTENDANCES.contains(e.attendance()), "unknown-attendance");
            case DeadlineApproaching e ->
                unless(RecipientRole.of(e.ownerRole()).isPresent(), "unknown-role")
                        .or(() -> unless(isSubjectType(e.subjectType()), "unknown-subject-type"));
            case ReferralOffered e ->
                unless(e.agencyKind() == null || AlertRules.roleIn(e.agencyKind()) != null, "unknown-agency-kind");
            case DeadlineBreached e -> unless(isSubjectType(e.subjectType()), "unknown-subject-type");
            case DeadlineCancelled e -> unless(isSubjectType(e.subjectType()), "unknown-subject-type");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean known, String code) {
        return known ? Optional.empty() : Optional.of(code);
    }

    private static boolean isSubjectType(String code) {
        return Arrays.stream(SubjectType.values()).anyMatch(type -> type.name().equals(code));
    }
}
