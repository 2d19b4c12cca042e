package org.jikimi.cases.investigation;

/** Who determined: 자체사례회의, 통합사례회의 (advises) or the expert committee. */
public enum Forum {
    INTERNAL_MEETING,
    INTEGRATED_MEETING,
    EXPERT_COMMITTEE
}
