package org.jikimi.runtime.rest;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON body: where, never what stood there. */
final class BodyProblems {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,100}");

    private BodyProblems() {}

    static Problem of(JacksonException malformed) {
        for (Throwable cause = malformed; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return Problems.TOO_LARGE;
            }
            if (cause instanceof JsonParseException) {
                return Problems.MALFORMED_BODY;
            }
            if (cause instanceof StreamConstraintsException) {
                return Problems.MALFORMED_BODY.withDetail("A text is too long or the nesting too deep.");
            }
        }
        return switch (malformed) {
            case UnrecognizedPropertyException unknown -> at(unknown, Problems.UNKNOWN_FIELD);
            case JsonMappingException mismatch
            when !mismatch.getPath().isEmpty() -> at(mismatch, Problems.INVALID_FIELD);
            default -> Problems.MALFORMED_BODY;
        };
    }

    private static Problem at(JsonMappingException failure, Problem problem) {
        var field = pathOf(failure);
        var named = field == null ? problem : problem.with("field", field);
        return failure instanceof MismatchedInputException mismatch
                        && mismatch.getTargetType() != null
                        && mismatch.getTargetType().isEnum()
                ? named.withDetail(
                        "One of " + Arrays.toString(mismatch.getTargetType().getEnumConstants()) + " is needed.")
                : named;
    }

    /** The path of the field, unless a name in it, which the sender chose, may itself be something personal. */
    private static @Nullable String pathOf(JsonMappingException failure) {
        var path = new StringBuilder();
        for (var step : failure.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return HARMLESS.matcher(path).matches() ? path.toString() : null;
    }
}
