package org.jikimi.referral.referral;

/** On what a family is referred; without one it is not. */
public enum Basis {
    CONSENT,
    LEGAL_BASIS
}
