package org.jikimi.notification.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One request to act. It changes by giving way to its next version. */
record Alert(
        UUID id,
        long version,
        AlertState state,
        AlertKind kind,
        Severity severity,
        int level,
        Addressee addressee,
        AlertSubject subject,
        AlertCause cause,
        @Nullable String detail,
        Instant actBy,
        Instant askedAt,
        Instant raisedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedByRole,
        @Nullable Instant escalatedAt,
        @Nullable Instant closedAt) {

    static final int HIGHEST_LEVEL = 2;

    static Alert raised(AlertDraft draft, Instant now) {
        return new Alert(
                draft.alertId(),
                1,
                AlertState.RAISED,
                draft.kind(),
                draft.severity(),
                0,
                draft.addressee(),
                draft.subject(),
                draft.cause(),
                draft.detail(),
                draft.actBy(),
                draft.askedAt(),
                now,
                null,
                null,
                null,
                null);
    }

    /** Whether somebody still has to take it on. */
    boolean isOpen() {
        return state == AlertState.RAISED || state == AlertState.ESCALATED;
    }

    boolean isOverdue(Instant now) {
        return isOpen() && level < HIGHEST_LEVEL && !now.isBefore(actBy);
    }

    /** Who must act now: after an escalation the supervisor of the district, then the city's. */
    Addressee currentAddressee() {
        return switch (level) {
            case 0 -> addressee;
            case 1 -> new Addressee(RecipientRole.SUPERVISOR, addressee.districtCode(), null);
            default -> new Addressee(RecipientRole.SUPERVISOR, null, null);
        };
    }

    /** The key under which its events stand, and by which its changes take turns. */
    UUID key() {
        return subject.childId() == null ? id : subject.childId();
    }

    Alert acknowledged(String byRole, Instant now) {
        return next(AlertState.ACKNOWLEDGED, level, actBy, now, byRole, escalatedAt, closedAt);
    }

    Alert escalated(Instant now) {
        return next(AlertState.ESCALATED, level + 1, now.plus(window()), acknowledgedAt, null, now, closedAt);
    }

    Alert closed(Instant now) {
        return next(AlertState.CLOSED, level, actBy, acknowledgedAt, acknowledgedByRole, escalatedAt, now);
    }

    private Duration window() {
        return switch (severity) {
            case CRITICAL -> Duration.ofHours(1);
            case WARNING -> Duration.ofDays(1);
            case INFO -> Duration.ofDays(3);
        };
    }

    private Alert next(
            AlertState newState,
            int newLevel,
            Instant newActBy,
            @Nullable Instant newAcknowledgedAt,
            @Nullable String byRole,
            @Nullable Instant newEscalatedAt,
            @Nullable Instant newClosedAt) {
        return new Alert(
                id,
                version + 1,
                newState,
                kind,
                severity,
                newLevel,
                addressee,
                subject,
                cause,
                detail,
                newActBy,
                askedAt,
                raisedAt,
                newAcknowledgedAt,
                byRole,
                newEscalatedAt,
                newClosedAt);
    }
}
