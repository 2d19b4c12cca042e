package org.jikimi.referral.referral;

/** Why a referral that no agency has taken on is ended. */
public enum CancelReason {
    /** The family, or whoever asked, wants it no more. */
    WITHDRAWN,
    /** Help came another way, or the need is gone. */
    NO_LONGER_NEEDED
}
