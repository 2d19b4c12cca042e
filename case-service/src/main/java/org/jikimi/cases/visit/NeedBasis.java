package org.jikimi.cases.visit;

/** On what basis a need may be met; declining help never counts against a family. */
public enum NeedBasis {
    CONSENT,
    LEGAL_BASIS,
    DECLINED
}
