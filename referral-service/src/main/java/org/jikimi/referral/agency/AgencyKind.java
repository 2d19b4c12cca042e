package org.jikimi.referral.agency;

/** Kinds of agencies, in the contracts' codes. */
public enum AgencyKind {
    /** Child protection agency 아동보호전문기관. */
    CPA,
    /** Shelter for abused children 학대피해아동쉼터; undisclosed. */
    SHELTER,
    DISTRICT_OFFICE,
    POLICE_STATION,
    CLINIC,
    SCHOOL,
    /** Dream Start 드림스타트 centre. */
    DREAM_START,
    /** Community welfare centre 사회복지관. */
    WELFARE_CENTRE,
    COACHING_PROVIDER
}
