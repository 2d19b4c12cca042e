package org.jikimi.notification.alert;

import java.util.UUID;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** Which of the alerts that a caller may see are asked for, newest first. */
record AlertFilter(
        @Nullable AlertState state,
        @Nullable AlertKind kind,
        @Nullable UUID correlationId,
        @Nullable String districtCode) {

    /**
     * Reads the parameters of a request.
     *
     * @throws ProblemException 422 for a value that is not allowed
     */
    static AlertFilter of(
            @Nullable String state,
            @Nullable String kind,
            @Nullable UUID correlationId,
            @Nullable String districtCode) {
        return new AlertFilter(
                code(AlertState.class, "state", state),
                code(AlertKind.class, "kind", kind),
                correlationId,
                districtCode);
    }

    private static <E extends Enum<E>> @Nullable E code(Class<E> type, String field, @Nullable String value) {
        try {
            return value == null ? null : Enum.valueOf(type, value);
        } catch (IllegalArgumentException unknown) {
            throw new ProblemException(Problems.INVALID_FIELD.with("field", field));
        }
    }

    /** The list in one text, to which a cursor is bound. */
    String name() {
        return "alerts?state=" + state + "&kind=" + kind + "&correlationId=" + correlationId + "&districtCode="
                + districtCode;
    }
}
