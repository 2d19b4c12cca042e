package org.jikimi.cases.clock;

import org.jikimi.cases.support.Scope;

/** The legal clocks 법정기한 of {@code legal-clocks.csv}: what each is about, and who must act. */
public enum ClockCode {
    EMERGENCY_MEASURE_END(SubjectType.MEASURE, Scope.INVESTIGATOR),
    INTERIM_MEASURE_REQUEST(SubjectType.MEASURE, Scope.POLICE),
    INTERIM_MEASURE_REQUEST_AFTER_URGENT(SubjectType.MEASURE, Scope.POLICE),
    COURT_DECISION(SubjectType.MEASURE, Scope.POLICE),
    INTERIM_MEASURE_END(SubjectType.MEASURE, Scope.POLICE),
    IMMEDIATE_SEPARATION_DECISION(SubjectType.MEASURE, Scope.INVESTIGATOR),
    TEMPORARY_PROTECTION_END(SubjectType.MEASURE, Scope.INVESTIGATOR),
    INVESTIGATION_START(SubjectType.REPORT, Scope.INVESTIGATOR),
    CROSS_NOTICE(SubjectType.INVESTIGATION, Scope.INVESTIGATOR),
    REFUSED_VISIT_JOINT(SubjectType.VISIT, Scope.DONG_OFFICER),
    DETERMINATION_DUE(SubjectType.INVESTIGATION, Scope.INVESTIGATOR),
    HOME_SURVEY(SubjectType.ROUND, Scope.DONG_OFFICER),
    DISCOVERY_SURVEY(SubjectType.ROUND, Scope.SUPERVISOR),
    ABROAD_REENTRY_CHECK(SubjectType.VISIT, Scope.DONG_OFFICER);

    private final SubjectType subjectType;
    private final String ownerRole;

    ClockCode(SubjectType subjectType, String ownerRole) {
        this.subjectType = subjectType;
        this.ownerRole = ownerRole;
    }

    SubjectType subjectType() {
        return subjectType;
    }

    String ownerRole() {
        return ownerRole;
    }
}
