package org.jikimi.referral.access;

/** The roles of the realm that this service knows. */
public final class Roles {
    public static final String DONG_OFFICER = "dong-officer";
    public static final String INVESTIGATOR = "abuse-investigator";
    public static final String CASE_MANAGER = "case-manager";
    public static final String SHELTER_STAFF = "shelter-staff";
    public static final String WELFARE_PROVIDER = "welfare-provider";
    public static final String COACHING_PROVIDER = "coaching-provider";
    public static final String MEDICAL = "medical";
    public static final String SCHOOL = "school";
    public static final String POLICE = "police";
    public static final String ANALYST = "analyst";
    public static final String SUPERVISOR = "supervisor";
    public static final String AUDITOR = "auditor";
    public static final String OPERATOR = "operator";

    private Roles() {}
}
