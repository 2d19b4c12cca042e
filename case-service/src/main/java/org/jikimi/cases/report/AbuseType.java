package org.jikimi.cases.report;

/** Types of abuse 학대 유형. */
public enum AbuseType {
    PHYSICAL,
    EMOTIONAL,
    SEXUAL,
    NEGLECT
}
