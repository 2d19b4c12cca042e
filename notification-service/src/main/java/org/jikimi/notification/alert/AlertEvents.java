package org.jikimi.notification.alert;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.notification.v1.AlertAcknowledged;
import org.jikimi.contracts.notification.v1.AlertClosed;
import org.jikimi.contracts.notification.v1.AlertEscalated;
import org.jikimi.contracts.notification.v1.AlertRaised;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform what became of an alert. */
final class AlertEvents {
    private AlertEvents() {}

    static EventDraft raised(Alert alert) {
        var data = new AlertRaised(
                alert.id(),
                alert.version(),
                alert.state().name(),
                alert.subject().childId(),
                alert.addressee().districtCode(),
                alert.kind().name(),
                alert.subject().type().name(),
                alert.subject().id(),
                alert.addressee().role().code(),
                alert.severity().name(),
                alert.actBy(),
                alert.raisedAt());
        return draft(alert, data, alert.cause().eventId());
    }

    static EventDraft acknowledged(Alert alert, RecipientRole by, Instant at) {
        var data = new AlertAcknowledged(
                alert.id(),
                alert.version(),
                alert.state().name(),
                alert.subject().childId(),
                alert.addressee().districtCode(),
                alert.kind().name(),
                alert.subject().type().name(),
                alert.subject().id(),
                by.code(),
                at);
        return draft(alert, data, null);
    }

    static EventDraft escalated(Alert alert, Instant at) {
        var data = new AlertEscalated(
                alert.id(),
                alert.version(),
                alert.state().name(),
                alert.subject().childId(),
                alert.addressee().districtCode(),
                alert.kind().name(),
                alert.subject().type().name(),
                alert.subject().id(),
                alert.level(),
                alert.currentAddressee().role().code(),
                alert.actBy(),
                at);
        return draft(alert, data, alert.cause().eventId());
    }

    static EventDraft closed(Alert alert) {
        var data = new AlertClosed(
                alert.id(),
                alert.version(),
                alert.state().name(),
                alert.subject().childId(),
                alert.addressee().districtCode(),
                alert.kind().name(),
                alert.subject().type().name(),
                alert.subject().id(),
                Objects.requireNonNull(alert.closedAt()));
        return draft(alert, data, null);
    }

    private static EventDraft draft(Alert alert, Record data, @Nullable UUID causation) {
        return new EventDraft(
                data,
                alert.key(),
                alert.id(),
                alert.addressee().districtCode(),
                alert.cause().correlationId(),
                causation);
    }
}
