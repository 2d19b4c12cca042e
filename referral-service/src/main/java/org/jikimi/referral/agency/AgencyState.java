package org.jikimi.referral.agency;

/** The life of an agency; it is offered children while it is open. */
public enum AgencyState {
    PLANNED,
    OPEN,
    RENOVATING,
    CLOSED;

    boolean mayBecome(AgencyState next) {
        return switch (this) {
            case PLANNED -> next == OPEN || next == CLOSED;
            case OPEN -> next == RENOVATING || next == CLOSED;
            case RENOVATING -> next == OPEN || next == CLOSED;
            case CLOSED -> false;
        };
    }
}
