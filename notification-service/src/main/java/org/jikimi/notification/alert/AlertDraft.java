package org.jikimi.notification.alert;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An alert to be raised.
 *
 * @param rule name of the rule that asks for it; the same rule and event are the same alert, and of a kind that is
 *     raised once per subject the same rule and subject
 * @param detail a code that says more, such as the legal clock; null for none
 * @param actBy by when somebody must act
 * @param askedAt when that happened for which they must
 */
public record AlertDraft(
        String rule,
        AlertKind kind,
        Severity severity,
        Addressee addressee,
        AlertSubject subject,
        AlertCause cause,
        @Nullable String detail,
        Instant actBy,
        Instant askedAt) {

    /** The same, asked for by another rule. */
    AlertDraft under(String otherRule) {
        return new AlertDraft(otherRule, kind, severity, addressee, subject, cause, detail, actBy, askedAt);
    }

    UUID alertId() {
        var origin = kind.isOncePerSubject() ? subject.id() : cause.eventId();
        return UUID.nameUUIDFromBytes(("alert:" + origin + ":" + rule).getBytes(StandardCharsets.UTF_8));
    }
}
