package org.jikimi.notification.intake;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jikimi.notification.alert.AlertKind;
import org.jikimi.notification.alert.RecipientRole;
import org.jikimi.notification.alert.Severity;
import org.jspecify.annotations.Nullable;

/**
 * One line of the rule table: if such an event is such, then that role must act by then.
 *
 * @param name stable: the same rule and event are the same alert
 * @param event the event
 * @param when whether the rule speaks
 * @param kind what is asked for
 * @param severity how pressing it is
 * @param role who must act
 * @param actBy by when, from the event and the time it happened
 */
record AlertRule<E extends Record>(
        String name,
        Class<E> event,
        Predicate<E> when,
        AlertKind kind,
        Severity severity,
        Function<E, RecipientRole> role,
        BiFunction<E, Instant, Instant> actBy) {

    /** The rule's answer to an event; null if it is silent. */
    @Nullable
    Decision decide(Record data, Instant happenedAt) {
        if (!event.isInstance(data)) {
            return null;
        }
        var typed = event.cast(data);
        return when.test(typed)
                ? new Decision(name, kind, severity, role.apply(typed), actBy.apply(typed, happenedAt))
                : null;
    }

    /** What a rule says of one event. */
    record Decision(String rule, AlertKind kind, Severity severity, RecipientRole role, Instant actBy) {}
}
