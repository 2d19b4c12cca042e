package org.jikimi.screening.batch;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the values of one line; keeps the first thing found wrong. */
public final class Fields {
    private final List<String> names;
    private final @Nullable String[] values;
    private @Nullable RejectionCode code;
    private String message = "";

    public Fields(List<String> names, @Nullable String[] values) {
        this.names = names;
        this.values = values;
    }

    /** A text that must be there, with 1 to {@code longest} characters; empty if it is not as it must be. */
    public String required(int field, int longest) {
        var value = optional(field, longest);
        if (value == null) {
            fail(RejectionCode.MISSING_FIELD, names.get(field) + " is missing");
            return "";
        }
        return value;
    }

    public @Nullable String optional(int field, int longest) {
        var value = values[field];
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > longest || value.indexOf('\0') >= 0) {
            fail(RejectionCode.INVALID_VALUE, names.get(field) + " may have " + longest + " characters");
            return null;
        }
        return value;
    }

    /** One of a few codes. */
    public String oneOf(int field, List<String> codes) {
        var value = required(field, 64);
        if (isGood() && !codes.contains(value)) {
            fail(RejectionCode.INVALID_VALUE, names.get(field) + " must be one of " + String.join(", ", codes));
        }
        return value;
    }

    /** A date not after today; null if it is absent or not as it must be. */
    public @Nullable LocalDate date(int field, LocalDate today) {
        var value = optional(field, 64);
        if (value == null) {
            return null;
        }
        try {
            var date = LocalDate.parse(value);
            if (date.isAfter(today)) {
                fail(RejectionCode.FUTURE_DATE, names.get(field) + " lies in the future");
            } else if (date.getYear() < 1990) {
                fail(RejectionCode.INVALID_VALUE, names.get(field) + " lies before 1990");
            }
            return date;
        } catch (DateTimeParseException e) {
            fail(RejectionCode.WRONG_TYPE, names.get(field) + " must be a date such as 2026-09-30");
            return null;
        }
    }

    public LocalDate requiredDate(int field, LocalDate today) {
        var date = date(field, today);
        if (date == null) {
            fail(RejectionCode.MISSING_FIELD, names.get(field) + " is missing");
            return LocalDate.EPOCH;
        }
        return date;
    }

    public void fail(RejectionCode why, String what) {
        if (code == null) {
            code = why;
            message = what;
        }
    }

    public boolean isGood() {
        return code == null;
    }

    /** The first thing found wrong; call only if something was. */
    public <T> Checked<T> bad() {
        if (code == null) {
            throw new IllegalStateException("nothing is wrong");
        }
        return Checked.bad(code, message);
    }
}
