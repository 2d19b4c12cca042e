package org.jikimi.cases.support;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/** Checks values of requests by hand; each says which field is wrong, never what stood in it. */
public final class Check {
    /** Longest free text that is taken, in characters. */
    public static final int LONGEST_TEXT = 20_000;

    private static final Pattern DISTRICT = Pattern.compile("[0-9]{5}");
    private static final Pattern DONG = Pattern.compile("[0-9]{10}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final int LONGEST_LIST = 50;

    private Check() {}

    /**
     * A field that must be there.
     *
     * @throws ProblemException 422 if it is not
     */
    public static <T> T given(String field, @Nullable T value) {
        if (value == null) {
            throw invalid(field, "It must be given.");
        }
        return value;
    }

    /** A list; none if it was not given. Holds no nulls and at most 50 items. */
    public static <T> List<T> list(String field, @Nullable List<@Nullable T> values) {
        if (values == null) {
            return List.of();
        }
        if (values.size() > LONGEST_LIST) {
            throw invalid(field, "It has more than " + LONGEST_LIST + " items.");
        }
        return values.stream().map(value -> given(field, value)).distinct().toList();
    }

    /** A district 자치구, five digits. */
    public static String district(String field, @Nullable String value) {
        return matching(field, DISTRICT, given(field, value));
    }

    /** A dong 행정동, ten digits that begin with the district's; null if it was not given. */
    public static @Nullable String dong(String field, @Nullable String value, String districtCode) {
        if (value != null && !matching(field, DONG, value).startsWith(districtCode)) {
            throw invalid(field, "It lies in another district.");
        }
        return value;
    }

    /** A code such as {@code CHILDCARE_SUPPORT}. */
    public static String code(String field, @Nullable String value) {
        return matching(field, CODE, given(field, value));
    }

    /** A label of letters, digits, hyphens and underscores; null if it was not given. */
    public static @Nullable String label(String field, @Nullable String value) {
        return value == null ? null : matching(field, LABEL, value);
    }

    /** Free text; null if it was not given or is blank. */
    public static @Nullable String text(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_TEXT || value.indexOf('\0') >= 0) {
            throw invalid(field, "A text has at most " + LONGEST_TEXT + " characters.");
        }
        return value;
    }

    /** A time that has come; now if it was not given. */
    public static Instant past(String field, @Nullable Instant value, Instant now) {
        if (value != null && (value.isAfter(now) || value.isBefore(Instant.EPOCH))) {
            throw invalid(field, "It lies in the future.");
        }
        return value == null ? now : value;
    }

    /** A day that has come; today if it was not given. */
    public static LocalDate past(String field, @Nullable LocalDate value, LocalDate today) {
        if (value != null && (value.isAfter(today) || value.isBefore(LocalDate.EPOCH))) {
            throw invalid(field, "It lies in the future.");
        }
        return value == null ? today : value;
    }

    /** A query parameter that is one of an enum's names; null if it was not given. */
    public static <E extends Enum<E>> @Nullable E parameter(Class<E> type, String name, @Nullable String value) {
        try {
            return value == null ? null : Enum.valueOf(type, value);
        } catch (IllegalArgumentException unknown) {
            throw invalid(name, "One of " + Arrays.toString(type.getEnumConstants()) + " is needed.");
        }
    }

    /** A query parameter that is a date; null if it was not given. */
    public static @Nullable LocalDate date(String name, @Nullable String value) {
        try {
            return value == null ? null : LocalDate.parse(value);
        } catch (DateTimeParseException malformed) {
            throw invalid(name, null);
        }
    }

    /** The id in a path. @throws ProblemException 400 if it is none */
    public static UUID id(String value) {
        try {
            return UUID.fromString(value);
        } catch (IllegalArgumentException malformed) {
            throw new ProblemException(Problems.INVALID_PARAMETER.with("parameter", "id"));
        }
    }

    /** The refusal of a field's value. */
    public static ProblemException invalid(String field, @Nullable String detail) {
        var problem = Problems.INVALID_FIELD.with("field", field);
        return new ProblemException(detail == null ? problem : problem.withDetail(detail));
    }

    private static String matching(String field, Pattern form, String value) {
        if (!form.matcher(value).matches()) {
            throw invalid(field, "It does not have the form that is asked for.");
        }
        return value;
    }
}
