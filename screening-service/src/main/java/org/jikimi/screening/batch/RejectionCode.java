package org.jikimi.screening.batch;

import java.util.Locale;

/** Why a line was not taken. */
public enum RejectionCode {
    MALFORMED_JSON,
    MALFORMED_CSV,
    TOO_LONG,
    TOO_DEEP,
    MISSING_FIELD,
    WRONG_TYPE,
    INVALID_VALUE,
    FUTURE_DATE,
    UNKNOWN_INDICATOR,
    WRONG_SOURCE,
    NO_LEGAL_BASIS,
    WRONG_SUBJECT,
    UNKNOWN_SUBJECT,
    UNKNOWN_DISTRICT,
    NO_CLOUD_EVENT,
    NOT_SEALED,
    CANNOT_BE_OPENED,
    NOT_TAKEN;

    /** As agencies see it, such as {@code unknown-indicator}. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
