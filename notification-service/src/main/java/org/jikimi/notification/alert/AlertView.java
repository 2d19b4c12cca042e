package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.notification.delivery.DeliveryView;
import org.jspecify.annotations.Nullable;

/**
 * An alert as its recipients see it.
 *
 * @param version what {@code If-Match} must name to acknowledge it
 * @param kind what it asks for
 * @param textKo the same in Korean
 * @param textEn the same in English
 * @param recipientRole who was asked to act
 * @param level how often it has been escalated: 1 the supervisor of the district, 2 the city's
 * @param districtCode district 자치구; null for the whole city
 * @param agencyId the agency it is meant for; null where the district decides
 * @param childId the child, a pseudonym; null where no child is meant
 * @param correlationId the flag or report that began it all
 * @param eventId CloudEvents id of the event that called for it
 * @param detail a code that says more, such as the legal clock; of a silent source the indicator, the source and for how
 *     long
 * @param actBy by when somebody must act; after an escalation, by when the supervisor must
 * @param deliveries what became of its messages
 */
public record AlertView(
        UUID id,
        long version,
        AlertState state,
        AlertKind kind,
        String textKo,
        String textEn,
        Severity severity,
        String recipientRole,
        int level,
        @Nullable String districtCode,
        @Nullable UUID agencyId,
        @Nullable UUID childId,
        SubjectType subjectType,
        UUID subjectId,
        UUID correlationId,
        UUID eventId,
        String eventType,
        @Nullable String detail,
        Instant actBy,
        Instant raisedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedByRole,
        @Nullable Instant escalatedAt,
        @Nullable Instant closedAt,
        List<DeliveryView> deliveries) {

    static AlertView of(Alert alert, List<DeliveryView> deliveries) {
        return new AlertView(
                alert.id(),
                alert.version(),
                alert.state(),
                alert.kind(),
                alert.kind().korean(),
                alert.kind().english(),
                alert.severity(),
                alert.addressee().role().code(),
                alert.level(),
                alert.addressee().districtCode(),
                alert.addressee().agencyId(),
                alert.subject().childId(),
                alert.subject().type(),
                alert.subject().id(),
                alert.cause().correlationId(),
                alert.cause().eventId(),
                alert.cause().eventType(),
                alert.detail(),
                alert.actBy(),
                alert.raisedAt(),
                alert.acknowledgedAt(),
                alert.acknowledgedByRole(),
                alert.escalatedAt(),
                alert.closedAt(),
                deliveries);
    }
}
