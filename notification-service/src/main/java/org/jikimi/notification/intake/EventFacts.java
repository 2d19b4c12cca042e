package org.jikimi.notification.intake;

import java.time.Period;
import java.util.UUID;
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
import org.jikimi.notification.alert.AlertSubject;
import org.jikimi.notification.alert.SubjectType;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about, read from its contract.
 *
 * @param subject what it is about
 * @param districtCode its district; null for the whole city
 * @param agencyId the agency it names; null for none
 * @param detail a code that says more, or several with blanks between; null for none
 */
record EventFacts(
        AlertSubject subject,
        @Nullable String districtCode,
        @Nullable UUID agencyId,
        @Nullable String detail) {

    static EventFacts of(Record event) {
        return switch (event) {
            case RoundOpened e -> ofCity(SubjectType.ROUND, e.roundId());
            case RoundClosed e -> ofCity(SubjectType.ROUND, e.roundId());
            case SourceSilent e ->
                ofCity(SubjectType.SILENCE, e.silenceId())
                        .saying(e.indicator() + " " + e.source() + " " + Period.ofDays(e.silentDays()));
            case ChildFlagged e -> ofChild(SubjectType.FLAG, e.flagId(), e.childId(), e.districtCode());
            case ChildMoved e -> ofChild(SubjectType.CHILD, e.childId(), e.childId(), e.districtCode());
            case ChildStatusChanged e -> ofChild(SubjectType.CHILD, e.childId(), e.childId(), e.districtCode());
            case ChildIdentityMerged e -> ofChild(SubjectType.CHILD, e.childId(), e.childId(), e.districtCode());
            case ChildIdentitySplit e -> ofChild(SubjectType.CHILD, e.childId(), e.childId(), e.districtCode());
            case ChildErased e -> ofErased(e.childId());
            case CaseDataErased e -> ofErased(e.childId());
            case ReferralDataErased e -> ofErased(e.childId());
            case ChildSignalRaised e -> ofChild(SubjectType.CHILD, e.childId(), e.childId(), e.districtCode());
            case VisitPlanned e -> ofChild(SubjectType.VISIT, e.visitId(), e.childId(), e.districtCode());
            case VisitAttempted e -> ofChild(SubjectType.VISIT, e.visitId(), e.childId(), e.districtCode());
            case VisitCompleted e -> ofChild(SubjectType.VISIT, e.visitId(), e.childId(), e.districtCode());
            case ChildUnlocated e -> ofChild(SubjectType.VISIT, e.visitId(), e.childId(), e.districtCode());
            case AbuseReported e -> ofChild(SubjectType.REPORT, e.reportId(), e.childId(), e.districtCode());
            case InvestigationStarted e ->
                ofChild(SubjectType.INVESTIGATION, e.investigationId(), e.childId(), e.districtCode());
            case ProtectiveMeasureTaken e ->
                ofChild(SubjectType.MEASURE, e.measureId(), e.childId(), e.districtCode())
                        .saying(e.kind());
            case AbuseDetermined e ->
                ofChild(SubjectType.INVESTIGATION, e.investigationId(), e.childId(), e.districtCode());
            case CaseOpened e -> ofChild(SubjectType.CASE, e.caseId(), e.childId(), e.districtCode());
            case CaseStatusChanged e ->
                ofChild(SubjectType.CASE, e.caseId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case CaseClosed e ->
                ofChild(SubjectType.CASE, e.caseId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case DeadlineApproaching e ->
                new EventFacts(
                        new AlertSubject(subjectType(e.subjectType()), e.subjectId(), e.childId(), e.clockId()),
                        e.districtCode(),
                        null,
                        e.clockCode());
            case DeadlineBreached e ->
                new EventFacts(
                        new AlertSubject(subjectType(e.subjectType()), e.subjectId(), e.childId(), e.clockId()),
                        e.districtCode(),
                        null,
                        e.clockCode());
            case DeadlineCancelled e ->
                new EventFacts(
                        new AlertSubject(subjectType(e.subjectType()), e.subjectId(), e.childId(), e.clockId()),
                        e.districtCode(),
                        null,
                        e.clockCode());
            case ReferralRequested e -> ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode());
            case ReferralOffered e ->
                ofAgency(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode(), e.agencyId());
            case ReferralAccepted e ->
                ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case ReferralDeclined e ->
                ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case ReferralExpired e ->
                ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case ReferralUnplaced e -> ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode());
            case ReferralCompleted e ->
                ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case ReferralCancelled e ->
                ofChild(SubjectType.REFERRAL, e.referralId(), e.childId(), e.districtCode())
                        .naming(e.agencyId());
            case PlacementReserved e ->
                ofAgency(SubjectType.PLACEMENT, e.placementId(), e.childId(), e.districtCode(), e.agencyId());
            case PlacementUnavailable e ->
                ofChild(SubjectType.PLACEMENT, e.placementId(), e.childId(), e.districtCode())
                        .saying(e.fallback());
            case PlacementEnded e -> ofChild(SubjectType.PLACEMENT, e.placementId(), e.childId(), e.districtCode());
            default -> throw new IllegalArgumentException("nothing is known of " + event.getClass());
        };
    }

    private static EventFacts ofCity(SubjectType type, UUID id) {
        return new EventFacts(new AlertSubject(type, id, null, null), null, null, null);
    }

    private static EventFacts ofErased(UUID childId) {
        return new EventFacts(new AlertSubject(SubjectType.CHILD, childId, childId, childId), null, null, null);
    }

    private static EventFacts ofChild(SubjectType type, UUID id, UUID childId, String districtCode) {
        return new EventFacts(new AlertSubject(type, id, childId, childId), districtCode, null, null);
    }

    private static EventFacts ofAgency(SubjectType type, UUID id, UUID childId, String districtCode, UUID agencyId) {
        return new EventFacts(new AlertSubject(type, id, childId, agencyId), districtCode, agencyId, null);
    }

    private EventFacts naming(@Nullable UUID agency) {
        return new EventFacts(subject, districtCode, agency, detail);
    }

    private EventFacts saying(String code) {
        return new EventFacts(subject, districtCode, agencyId, code);
    }

    private static SubjectType subjectType(String code) {
        return SubjectType.valueOf(code);
    }
}
