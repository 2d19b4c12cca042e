package org.jikimi.screening.signal;

import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.screening.reference.Indicators;
import org.jspecify.annotations.Nullable;

/**
 * Who sends signals through a topic of its own. Kafka does not tell who wrote a record, so the right to write the topic,
 * which one user alone has, does.
 *
 * @param kind kind of source, as the catalogue of indicators has it
 * @param agencyId the agency; null where there is one of its kind
 */
record SignalSource(String kind, @Nullable UUID agencyId) {
    private static final Pattern FORM =
            Pattern.compile("([a-z][a-z-]{1,40})(?:/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}))?");

    /**
     * Reads {@code clinic} or {@code clinic/<agency id>}.
     *
     * @throws IllegalArgumentException if it is neither, or no indicator is sent by such a kind
     */
    static SignalSource of(String text) {
        var found = FORM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("not a source of signals: " + text);
        }
        var kind = String.valueOf(found.group(1));
        if (Indicators.all().stream()
                .noneMatch(indicator -> indicator.sourceKind().equals(kind))) {
            throw new IllegalArgumentException("no indicator is sent by " + kind);
        }
        var agency = found.group(2);
        return new SignalSource(kind, agency == null ? null : UUID.fromString(agency));
    }

    /** Whose ids the signals carry, the same as by REST. */
    String source() {
        return agencyId == null ? kind : agencyId.toString();
    }

    /** Where it writes. */
    String topic() {
        return "signals." + name();
    }

    /** Where it reads what was not taken. */
    String rejected() {
        return "signals.rejected." + name();
    }

    private String name() {
        return agencyId == null ? kind : kind + "." + agencyId;
    }
}
