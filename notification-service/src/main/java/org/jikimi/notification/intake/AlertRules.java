package org.jikimi.notification.intake;

import static org.jikimi.notification.alert.RecipientRole.ABUSE_INVESTIGATOR;
import static org.jikimi.notification.alert.RecipientRole.ANALYST;
import static org.jikimi.notification.alert.RecipientRole.DONG_OFFICER;
import static org.jikimi.notification.alert.RecipientRole.OPERATOR;
import static org.jikimi.notification.alert.RecipientRole.POLICE;
import static org.jikimi.notification.alert.RecipientRole.SHELTER_STAFF;
import static org.jikimi.notification.alert.RecipientRole.SUPERVISOR;
import static org.jikimi.notification.alert.Severity.CRITICAL;
import static org.jikimi.notification.alert.Severity.INFO;
import static org.jikimi.notification.alert.Severity.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
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
import org.jikimi.notification.alert.AlertKind;
import org.jikimi.notification.alert.HandOverAlerts;
import org.jikimi.notification.alert.RecipientRole;
import org.jikimi.notification.alert.Severity;
import org.jikimi.runtime.time.Seoul;
import org.jspecify.annotations.Nullable;

/**
 * Which event alerts whom, by when. Times to act are platform policy; those of an investigation are the platform's
 * targets for "without delay" (Act on Special Cases concerning Child Abuse Crimes, art. 11(1)), the notice to the
 * other agency its target for art. 11(7), the joint visit platform policy.
 */
final class AlertRules {
    private static final Duration WITHIN_AN_HOUR = Duration.ofHours(1);
    private static final Duration WITHIN_TWO_HOURS = Duration.ofHours(2);
    private static final Duration WITHIN_A_DAY = Duration.ofDays(1);

    /** The time that the police have to look for a child; a check that ended settles what was asked for by then. */
    static final Duration WHEREABOUTS_WITHIN = WITHIN_A_DAY;

    private static final Duration WITHIN_THREE_DAYS = Duration.ofDays(3);

    /** Within which the police are to go along, once a family has refused twice; the clock at the border runs for months. */
    static final Duration JOINT_VISIT_WITHIN = WITHIN_THREE_DAYS;

    /** Within which somebody is to see to the work for a child who has died by the register, or has left. */
    static final Duration DEATH_WITHIN = WITHIN_A_DAY;

    static final Duration EMIGRATION_WITHIN = WITHIN_THREE_DAYS;

    private static final Duration WITHIN_A_WEEK = Duration.ofDays(7);

    static final List<AlertRule<?>> ALL = List.of(
            rule("urgent-flag", ChildFlagged.class, ChildFlagged::urgent)
                    .tells(DONG_OFFICER, CRITICAL, AlertKind.URGENT_FLAG, HandOverAlerts.WITHIN),
            rule("moved-with-open-work", ChildMoved.class, AlertRules::bringsWork)
                    .tells(DONG_OFFICER, WARNING, AlertKind.CHILD_MOVED, WITHIN_A_DAY),
            rule("died-with-open-work", ChildStatusChanged.class, hasLeftWork("DECEASED"))
                    .tells(SUPERVISOR, CRITICAL, AlertKind.CHILD_DECEASED, DEATH_WITHIN),
            rule("emigrated-with-open-work", ChildStatusChanged.class, hasLeftWork("EMIGRATED"))
                    .tells(SUPERVISOR, WARNING, AlertKind.CHILD_EMIGRATED, EMIGRATION_WITHIN),
            rule("signal-on-open-work", ChildSignalRaised.class, e -> !e.urgent())
                    .tells(DONG_OFFICER, INFO, AlertKind.NEW_SIGNAL, WITHIN_A_WEEK),
            rule("urgent-signal-on-open-work", ChildSignalRaised.class, ChildSignalRaised::urgent)
                    .tells(DONG_OFFICER, CRITICAL, AlertKind.NEW_SIGNAL, WITHIN_TWO_HOURS),
            rule("visit-planned", VisitPlanned.class, e -> !e.urgent())
                    .tells(DONG_OFFICER, INFO, AlertKind.VISIT_PLANNED, AlertRules::endOfLastDay),
            rule("urgent-visit-planned", VisitPlanned.class, VisitPlanned::urgent)
                    .tells(DONG_OFFICER, WARNING, AlertKind.VISIT_PLANNED, AlertRules::endOfLastDay),
            rule("joint-visit-planned", VisitPlanned.class, e -> e.kind().equals("JOINT_WITH_POLICE"))
                    .tells(POLICE, WARNING, AlertKind.JOINT_VISIT_PLANNED, AlertRules::endOfLastDay),
            rule("second-refusal", VisitAttempted.class, AlertRules::isSecondRefusal)
                    .tells(DONG_OFFICER, WARNING, AlertKind.JOINT_VISIT_NEEDED, JOINT_VISIT_WITHIN),
            rule("second-refusal-police", VisitAttempted.class, AlertRules::isSecondRefusal)
                    .tells(POLICE, WARNING, AlertKind.JOINT_VISIT_NEEDED, JOINT_VISIT_WITHIN),
            rule("visit-refused", VisitCompleted.class, e -> e.outcome().equals("REFUSED"))
                    .tells(SUPERVISOR, WARNING, AlertKind.VISIT_LEFT_CHILD_UNSEEN, WITHIN_A_DAY),
            rule("moved-unseen", VisitCompleted.class, AlertRules::isUnseenAfterMove)
                    .tells(SUPERVISOR, WARNING, AlertKind.VISIT_LEFT_CHILD_UNSEEN, WITHIN_THREE_DAYS),
            rule("deceased", VisitCompleted.class, AlertRules::isFoundDead)
                    .tells(SUPERVISOR, CRITICAL, AlertKind.CHILD_DECEASED, WITHIN_A_DAY),
            rule("unlocated", ChildUnlocated.class, AlertRules::isMissing)
                    .tells(POLICE, CRITICAL, AlertKind.WHEREABOUTS_CHECK, WHEREABOUTS_WITHIN),
            rule("report-emergency", AbuseReported.class, hasUrgency("EMERGENCY"))
                    .tells(ABUSE_INVESTIGATOR, CRITICAL, AlertKind.ABUSE_REPORTED, WITHIN_TWO_HOURS),
            rule("report-emergency-police", AbuseReported.class, hasUrgency("EMERGENCY"))
                    .tells(POLICE, CRITICAL, AlertKind.ABUSE_REPORTED, WITHIN_TWO_HOURS),
            rule("report-urgent", AbuseReported.class, hasUrgency("URGENT"))
                    .tells(ABUSE_INVESTIGATOR, CRITICAL, AlertKind.ABUSE_REPORTED, WITHIN_A_DAY),
            rule("report-urgent-police", AbuseReported.class, hasUrgency("URGENT"))
                    .tells(POLICE, WARNING, AlertKind.ABUSE_REPORTED, WITHIN_A_DAY),
            rule("report-ordinary", AbuseReported.class, hasUrgency("ORDINARY"))
                    .tells(ABUSE_INVESTIGATOR, WARNING, AlertKind.ABUSE_REPORTED, WITHIN_THREE_DAYS),
            rule("alone-without-police", InvestigationStarted.class, attended("LOCAL_GOVERNMENT_ALONE"))
                    .tells(POLICE, WARNING, AlertKind.CROSS_NOTICE, WITHIN_AN_HOUR),
            rule("alone-without-city", InvestigationStarted.class, attended("POLICE_ALONE"))
                    .tells(ABUSE_INVESTIGATOR, WARNING, AlertKind.CROSS_NOTICE, WITHIN_AN_HOUR),
            rule("measure-taken", ProtectiveMeasureTaken.class, e -> true)
                    .tells(SUPERVISOR, CRITICAL, AlertKind.PROTECTIVE_MEASURE, WITHIN_A_DAY),
            rule("re-abuse", AbuseDetermined.class, e -> e.determination().equals("ABUSE") && e.reAbuse())
                    .tells(SUPERVISOR, WARNING, AlertKind.RE_ABUSE, WITHIN_THREE_DAYS),
            rule("case-opened", CaseOpened.class, e -> true)
                    .tells(SUPERVISOR, WARNING, AlertKind.CASE_OPENED, WITHIN_THREE_DAYS),
            rule("management-refused", CaseStatusChanged.class, e -> e.state().equals("MANAGEMENT_REFUSED"))
                    .tells(SUPERVISOR, WARNING, AlertKind.CASE_MANAGEMENT_REFUSED, WITHIN_THREE_DAYS),
            rule("deadline-approaching", DeadlineApproaching.class, e -> true)
                    .tells(
                            e -> RecipientRole.of(e.ownerRole()).orElseThrow(),
                            WARNING,
                            AlertKind.DEADLINE_APPROACHING,
                            (e, at) -> e.dueAt()),
            rule("deadline-breached", DeadlineBreached.class, e -> true)
                    .tells(SUPERVISOR, CRITICAL, AlertKind.DEADLINE_BREACHED, WITHIN_A_DAY),
            rule("referral-offered", ReferralOffered.class, e -> true)
                    .tells(AlertRules::takerOf, WARNING, AlertKind.REFERRAL_OFFERED, (e, at) -> e.expiresAt()),
            rule("referral-unplaced", ReferralUnplaced.class, e -> true)
                    .tells(SUPERVISOR, CRITICAL, AlertKind.REFERRAL_UNPLACED, WITHIN_A_DAY),
            rule("family-left", ReferralCompleted.class, e -> e.outcome().equals("FAMILY_LEFT"))
                    .tells(DONG_OFFICER, WARNING, AlertKind.FAMILY_LEFT_SERVICE, WITHIN_A_WEEK),
            rule("place-reserved", PlacementReserved.class, e -> true)
                    .tells(SHELTER_STAFF, CRITICAL, AlertKind.PLACE_RESERVED, WITHIN_TWO_HOURS),
            rule("siblings-split", PlacementReserved.class, e -> !e.siblingsTogether())
                    .tells(SUPERVISOR, WARNING, AlertKind.SIBLINGS_SPLIT, WITHIN_A_DAY),
            rule("place-unavailable", PlacementUnavailable.class, e -> true)
                    .tells(SUPERVISOR, CRITICAL, AlertKind.PLACE_UNAVAILABLE, WITHIN_TWO_HOURS),
            rule("round-handed-on", RoundClosed.class, e -> e.handedOn() > 0)
                    .tells(SUPERVISOR, INFO, AlertKind.ROUND_HANDED_ON, WITHIN_A_WEEK),
            rule("source-silent", SourceSilent.class, e -> true)
                    .tells(OPERATOR, WARNING, AlertKind.SOURCE_SILENT, WITHIN_THREE_DAYS),
            rule("source-silent-analyst", SourceSilent.class, e -> true)
                    .tells(ANALYST, INFO, AlertKind.SOURCE_SILENT, WITHIN_A_WEEK));

    /** Events that never alert anybody, and why nobody is missed. */
    static final Map<Class<? extends Record>, String> SILENT = Map.ofEntries(
            Map.entry(RoundOpened.class, "the analyst who opened it knows"),
            Map.entry(ChildIdentityMerged.class, "whoever decided it knows"),
            Map.entry(ChildIdentitySplit.class, "whoever decided it knows"),
            Map.entry(ChildErased.class, "nobody is to hear of the child any more"),
            Map.entry(CaseDataErased.class, "the registry watches who has followed"),
            Map.entry(ReferralDataErased.class, "the registry watches who has followed"),
            Map.entry(DeadlineCancelled.class, "the supervisor who closed it knows"),
            Map.entry(CaseClosed.class, "the agency that closed it knows; watching goes on"),
            Map.entry(ReferralRequested.class, "an offer or its lack of takers follows"),
            Map.entry(ReferralAccepted.class, "the agency that accepted knows"),
            Map.entry(ReferralDeclined.class, "the next offer or the lack of takers follows"),
            Map.entry(ReferralExpired.class, "the next offer or the lack of takers follows"),
            Map.entry(ReferralCancelled.class, "whoever ended it knows"),
            Map.entry(PlacementEnded.class, "whoever ended it knows"));

    private AlertRules() {}

    /** What the table says of an event that happened at a time. */
    static List<AlertRule.Decision> decide(Record event, Instant happenedAt) {
        return ALL.stream()
                .map(rule -> rule.decide(event, happenedAt))
                .filter(Objects::nonNull)
                .toList();
    }

    private static boolean bringsWork(ChildMoved event) {
        return event.openWork() && !event.districtCode().equals(event.fromDistrictCode());
    }

    /** A visit that was closed is answered by another one, in the household that the child came to. */
    private static boolean isUnseenAfterMove(VisitCompleted event) {
        return event.outcome().equals("MOVED")
                && !event.seen()
                && !event.state().equals("CLOSED");
    }

    private static Predicate<ChildStatusChanged> hasLeftWork(String state) {
        return event -> event.openWork() && event.state().equals(state);
    }

    /** Where nobody went nothing was found: the register said so, which alerts where it was told. */
    private static boolean isFoundDead(VisitCompleted event) {
        return event.outcome().equals("DECEASED")
                && !event.state().equals("CLOSED")
                && !Boolean.TRUE.equals(event.notVisited());
    }

    private static boolean isSecondRefusal(VisitAttempted event) {
        return event.result().equals("REFUSED") && event.refusals() >= 2;
    }

    private static boolean isMissing(ChildUnlocated event) {
        return event.state().equals("OPEN") || event.state().equals("POLICE_REQUESTED");
    }

    private static Predicate<AbuseReported> hasUrgency(String urgency) {
        return event -> event.urgency().equals(urgency);
    }

    private static Predicate<InvestigationStarted> attended(String attendance) {
        return event -> event.attendance().equals(attendance);
    }

    private static Instant endOfLastDay(VisitPlanned event, Instant happenedAt) {
        return event.dueOn().plusDays(1).atStartOfDay(Seoul.ZONE).toInstant();
    }

    /** Who works in an agency of the kind; {@code null} where the event names none, and for a kind not known here. */
    static @Nullable RecipientRole roleIn(@Nullable String agencyKind) {
        return switch (agencyKind) {
            case "CPA" -> RecipientRole.CASE_MANAGER;
            case "SHELTER" -> RecipientRole.SHELTER_STAFF;
            case "POLICE_STATION" -> RecipientRole.POLICE;
            case "CLINIC" -> RecipientRole.MEDICAL;
            case "SCHOOL" -> RecipientRole.SCHOOL;
            case "COACHING_PROVIDER" -> RecipientRole.COACHING_PROVIDER;
            case "DISTRICT_OFFICE", "DREAM_START", "WELFARE_CENTRE" -> RecipientRole.WELFARE_PROVIDER;
            case null, default -> null;
        };
    }

    /** An older event names the agency and not its kind: a case goes to a child protection agency, the rest by service. */
    private static RecipientRole takerOf(ReferralOffered event) {
        var role = roleIn(event.agencyKind());
        if (role != null) {
            return role;
        }
        if (event.caseId() != null) {
            return RecipientRole.CASE_MANAGER;
        }
        return event.serviceCode().equals("PARENTING_COACHING")
                ? RecipientRole.COACHING_PROVIDER
                : RecipientRole.WELFARE_PROVIDER;
    }

    private static <E extends Record> Condition<E> rule(String name, Class<E> event, Predicate<E> when) {
        return new Condition<>(name, event, when);
    }

    private record Condition<E extends Record>(String name, Class<E> event, Predicate<E> when) {
        AlertRule<E> tells(RecipientRole role, Severity severity, AlertKind kind, Duration within) {
            return tells(role, severity, kind, (event, at) -> at.plus(within));
        }

        AlertRule<E> tells(
                RecipientRole role, Severity severity, AlertKind kind, BiFunction<E, Instant, Instant> actBy) {
            return tells(event -> role, severity, kind, actBy);
        }

        AlertRule<E> tells(
                Function<E, RecipientRole> role,
                Severity severity,
                AlertKind kind,
                BiFunction<E, Instant, Instant> actBy) {
            return new AlertRule<>(name, event, when, kind, severity, role, actBy);
        }
    }
}
