package org.jikimi.notification.feed;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which events leave the platform, to whom, and with which fields. What is not named stays inside: scores and reason
 * codes, needs, suspected types, the identity of a shelter, siblings, households and excluded agencies above all.
 */
final class FeedRules {
    private static final String SUPERVISOR = "supervisor";
    private static final Set<String> OFFICERS = Set.of("dong-officer", SUPERVISOR);
    private static final Set<String> OFFICERS_AND_POLICE = Set.of("dong-officer", "police", SUPERVISOR);
    private static final Set<String> INVESTIGATORS = Set.of("abuse-investigator", "police", SUPERVISOR);
    private static final Set<String> CITY = Set.of("dong-officer", "abuse-investigator", SUPERVISOR);
    private static final Set<String> SUPERVISORS = Set.of(SUPERVISOR);
    private static final Set<String> CASE_MANAGERS = Set.of("case-manager");
    private static final Set<String> TAKERS =
            Set.of("case-manager", "welfare-provider", "coaching-provider", "medical", "school");
    private static final Set<String> DATA_KEEPERS = Set.of("operator", "analyst", SUPERVISOR);
    private static final Set<String> NOBODY = Set.of();

    private static final Map<String, FeedRule> RULES = Map.ofEntries(
            rule("ChildFlagged", OFFICERS, NOBODY, "flagId", "version", "state", "districtCode", "urgent", "flaggedAt"),
            rule(
                    "VisitPlanned",
                    OFFICERS,
                    NOBODY,
                    "visitId",
                    "version",
                    "state",
                    "districtCode",
                    "kind",
                    "urgent",
                    "dueOn",
                    "plannedAt"),
            rule(
                    "VisitAttempted",
                    OFFICERS,
                    NOBODY,
                    "visitId",
                    "version",
                    "state",
                    "districtCode",
                    "attempt",
                    "result",
                    "refusals",
                    "attemptedAt"),
            rule(
                    "VisitCompleted",
                    OFFICERS,
                    NOBODY,
                    "visitId",
                    "version",
                    "state",
                    "districtCode",
                    "seen",
                    "completedAt"),
            rule(
                    "ChildUnlocated",
                    OFFICERS_AND_POLICE,
                    NOBODY,
                    "visitId",
                    "version",
                    "state",
                    "districtCode",
                    "checkId",
                    "since",
                    "dueAt"),
            rule(
                    "AbuseReported",
                    INVESTIGATORS,
                    NOBODY,
                    "reportId",
                    "version",
                    "state",
                    "districtCode",
                    "urgency",
                    "reportedAt"),
            rule(
                    "InvestigationStarted",
                    INVESTIGATORS,
                    NOBODY,
                    "investigationId",
                    "version",
                    "state",
                    "districtCode",
                    "attendance",
                    "startedAt"),
            rule(
                    "ProtectiveMeasureTaken",
                    INVESTIGATORS,
                    NOBODY,
                    "measureId",
                    "version",
                    "state",
                    "districtCode",
                    "investigationId",
                    "kind",
                    "takenAt",
                    "endsAt"),
            rule(
                    "AbuseDetermined",
                    INVESTIGATORS,
                    NOBODY,
                    "investigationId",
                    "version",
                    "state",
                    "districtCode",
                    "determination",
                    "determinedAt"),
            rule("CaseOpened", CITY, NOBODY, "caseId", "version", "state", "districtCode", "openedAt"),
            rule("CaseStatusChanged", CITY, CASE_MANAGERS, "caseId", "version", "state", "districtCode", "changedAt"),
            rule("CaseClosed", CITY, CASE_MANAGERS, "caseId", "version", "state", "districtCode", "closedAt"),
            rule(
                    "ReferralOffered",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "round",
                    "expiresAt",
                    "offeredAt"),
            rule(
                    "ReferralAccepted",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "acceptedAt"),
            rule(
                    "ReferralDeclined",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "declinedAt"),
            rule(
                    "ReferralExpired",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "round",
                    "expiredAt"),
            rule(
                    "ReferralUnplaced",
                    SUPERVISORS,
                    NOBODY,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "offers",
                    "unplacedAt"),
            rule(
                    "ReferralCompleted",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "completedAt"),
            rule(
                    "ReferralCancelled",
                    SUPERVISORS,
                    TAKERS,
                    "referralId",
                    "version",
                    "state",
                    "districtCode",
                    "cancelledAt"),
            rule(
                    "PlacementUnavailable",
                    SUPERVISORS,
                    NOBODY,
                    "placementId",
                    "version",
                    "state",
                    "districtCode",
                    "sinceAt"),
            rule(
                    "SourceSilent",
                    DATA_KEEPERS,
                    NOBODY,
                    "silenceId",
                    "version",
                    "state",
                    "source",
                    "indicator",
                    "lastReceivedOn",
                    "silentDays",
                    "expectedIntervalDays",
                    "foundAt"));

    /** Events that never leave, and why. */
    static final Map<String, String> INSIDE = Map.ofEntries(
            Map.entry("RoundOpened", "of the city's own planning"),
            Map.entry("RoundClosed", "of the city's own planning"),
            Map.entry("ChildMoved", "tells where a child lives"),
            Map.entry("ChildStatusChanged", "an alert tells whom it concerns"),
            Map.entry("ChildIdentityMerged", "a subscriber knows a child by a pseudonym of its own"),
            Map.entry("ChildErased", "nobody is to hear of the child any more"),
            Map.entry("CaseDataErased", "nobody is to hear of the child any more"),
            Map.entry("ReferralDataErased", "nobody is to hear of the child any more"),
            Map.entry("ChildIdentitySplit", "a subscriber knows a child by a pseudonym of its own"),
            Map.entry("ReferralRequested", "tells what a family needs before anybody has taken it on"),
            Map.entry("PlacementReserved", "tells where a child is"),
            Map.entry("PlacementEnded", "tells where a child is"),
            Map.entry("DeadlineApproaching", "an alert tells whom it concerns"),
            Map.entry("DeadlineBreached", "an alert tells whom it concerns"),
            Map.entry("DeadlineCancelled", "of the city's own supervision"),
            Map.entry("ChildSignalRaised", "tells what was observed of a family"));

    private FeedRules() {}

    static Map<String, FeedRule> all() {
        return RULES;
    }

    private static Map.Entry<String, FeedRule> rule(
            String type, Set<String> roles, Set<String> agencyRoles, String... fields) {
        return Map.entry(type, new FeedRule(roles, agencyRoles, List.of(fields)));
    }
}
