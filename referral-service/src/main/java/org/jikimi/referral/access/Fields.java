package org.jikimi.referral.access;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.rest.ProblemException;
import org.jikimi.runtime.rest.Problems;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of a body and the parameters of a list. Each refuses with 422, the field's name and never its
 * value.
 */
public final class Fields {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern DISTRICT = Pattern.compile("[0-9]{5}");
    private static final Pattern DONG = Pattern.compile("[0-9]{10}");
    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_LIST = 100;

    private Fields() {}

    /** The refusal of a field. */
    public static Problem invalid(String field, String detail) {
        return Problems.INVALID_FIELD.with("field", field).withDetail(detail);
    }

    public static ProblemException refuse(String field, String detail) {
        return new ProblemException(invalid(field, detail));
    }

    public static UUID uuid(String field, @Nullable String value) {
        if (value == null || !UUID_FORM.matcher(value).matches()) {
            throw refuse(field, "A UUID is needed.");
        }
        return UUID.fromString(value);
    }

    public static @Nullable UUID uuidOrNull(String field, @Nullable String value) {
        return value == null ? null : uuid(field, value);
    }

    /** Ids without repeats, in their order; none if the list is absent. */
    public static Set<UUID> uuids(String field, @Nullable List<@Nullable String> values) {
        var ids = new LinkedHashSet<UUID>();
        if (values != null) {
            limitLength(field, values);
            values.forEach(value -> ids.add(uuid(field, value)));
        }
        return ids;
    }

    public static String district(String field, @Nullable String value) {
        return matching(field, value, DISTRICT, "Five digits are needed.");
    }

    /** District codes without repeats, in their order. */
    public static Set<String> districts(String field, List<@Nullable String> values) {
        limitLength(field, values);
        var codes = new LinkedHashSet<String>();
        values.forEach(value -> codes.add(district(field, value)));
        return codes;
    }

    public static @Nullable String districtOrNull(String field, @Nullable String value) {
        return value == null ? null : district(field, value);
    }

    public static @Nullable String dongOrNull(String field, @Nullable String value) {
        return value == null ? null : matching(field, value, DONG, "Ten digits are needed.");
    }

    public static String code(String field, @Nullable String value) {
        return matching(field, value, CODE, "A code of capital letters, digits and underscores is needed.");
    }

    public static String name(String field, @Nullable String value) {
        if (value == null
                || value.isBlank()
                || value.length() > LONGEST_NAME
                || value.chars().anyMatch(Character::isISOControl)) {
            throw refuse(field, "1 to 200 characters are needed, and no control characters.");
        }
        return value.strip();
    }

    public static <E extends Enum<E>> E oneOf(String field, Class<E> type, @Nullable String value) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw refuse(field, "One of " + List.of(type.getEnumConstants()) + " is needed.");
    }

    public static <E extends Enum<E>> @Nullable E oneOfOrNull(String field, Class<E> type, @Nullable String value) {
        return value == null ? null : oneOf(field, type, value);
    }

    public static int between(String field, int least, int most, @Nullable Integer value) {
        if (value == null || value < least || value > most) {
            throw refuse(field, "A whole number from " + least + " to " + most + " is needed.");
        }
        return value;
    }

    /** A date from 2000 to 2199. */
    public static @Nullable LocalDate dateOrNull(String field, @Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            var date = LocalDate.parse(value);
            if (date.getYear() >= 2000 && date.getYear() < 2200) {
                return date;
            }
        } catch (DateTimeException malformed) {
            // refused below, as a date out of range is
        }
        throw refuse(field, "A date such as 2026-11-19 is needed.");
    }

    private static String matching(String field, @Nullable String value, Pattern form, String detail) {
        if (value == null || !form.matcher(value).matches()) {
            throw refuse(field, detail);
        }
        return value;
    }

    private static void limitLength(String field, List<?> values) {
        if (values.size() > LONGEST_LIST) {
            throw refuse(field, "At most 100 entries are taken.");
        }
    }
}
