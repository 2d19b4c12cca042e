package org.jikimi.notification.alert;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Which of the alerts that a caller may see are asked for, newest first.
 *
 * @param limit 1 to 500
 * @param after the last one seen; null to begin
 */
record AlertFilter(
        @Nullable AlertState state,
        @Nullable AlertKind kind,
        @Nullable UUID correlationId,
        @Nullable String districtCode,
        int limit,
        @Nullable Place after) {

    static final int MOST = 500;
    private static final int USUAL = 100;

    /** A place in the list. */
    record Place(Instant raisedAt, UUID id) {
        String toCursor() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((raisedAt + "|" + id).getBytes(StandardCharsets.UTF_8));
        }

        private static Place fromCursor(String cursor) {
            try {
                var parts = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8).split("\\|", 2);
                return new Place(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException malformed) {
                throw new ProblemException(invalid("cursor"));
            }
        }
    }

    /**
     * Reads the parameters of a request.
     *
     * @throws ProblemException 422 for a value that is not allowed
     */
    static AlertFilter of(
            @Nullable String state,
            @Nullable String kind,
            @Nullable String correlationId,
            @Nullable String districtCode,
            @Nullable String limit,
            @Nullable String cursor) {
        return new AlertFilter(
                code(AlertState.class, "state", state),
                code(AlertKind.class, "kind", kind),
                uuid(correlationId),
                districtCode,
                limit(limit),
                cursor == null ? null : Place.fromCursor(cursor));
    }

    private static <E extends Enum<E>> @Nullable E code(Class<E> type, String field, @Nullable String value) {
        try {
            return value == null ? null : Enum.valueOf(type, value);
        } catch (IllegalArgumentException unknown) {
            throw new ProblemException(invalid(field));
        }
    }

    private static @Nullable UUID uuid(@Nullable String value) {
        try {
            return value == null ? null : UUID.fromString(value);
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(invalid("correlationId"));
        }
    }

    private static int limit(@Nullable String value) {
        if (value == null) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(value);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            throw new ProblemException(invalid("limit"));
        }
        throw new ProblemException(invalid("limit"));
    }

    private static Problem invalid(String field) {
        return Problems.INVALID_FIELD.with("field", field);
    }
}
