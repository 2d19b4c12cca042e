package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jikimi.runtime.db.KeyLocks;
import org.jspecify.annotations.Nullable;

/**
 * Hands alerts that somebody must go to a child over to the district that the child moved to, or was merged or split to:
 * closed there, raised here. One that is heard after the moves of its child ends with the same officers.
 */
@ApplicationScoped
public class HandOverAlerts {
    /** The time that officers have who are told of an urgent flag (긴급 발굴); platform policy. */
    public static final Duration WITHIN = Duration.ofHours(2);

    private static final Set<AlertKind> KINDS =
            EnumSet.of(AlertKind.URGENT_FLAG, AlertKind.JOINT_VISIT_NEEDED, AlertKind.WHEREABOUTS_CHECK);

    private final RaiseAlert raise;
    private final SettleAlerts settle;
    private final Alerts alerts = new Alerts();
    private final Moves moves = new Moves();

    public HandOverAlerts(RaiseAlert raise, SettleAlerts settle) {
        this.raise = raise;
        this.settle = settle;
    }

    /**
     * An alert that was raised where its event told, and follows what was heard before of its child's moves.
     *
     * @param since when it was told, by the clock that the moves are told by; null of an event of another service, which may
     *     not have heard of them
     */
    public record Late(
            UUID childId, String district, @Nullable Instant since, boolean aloud) {}

    /** Whether an alert goes along with its child. */
    public static boolean goesAlong(AlertDraft draft) {
        return KINDS.contains(draft.kind())
                && draft.subject().childId() != null
                && draft.addressee().districtCode() != null;
    }

    /** Remembers a move for alerts that are raised later; none of its child is raised before this transaction has ended. */
    public void remember(Connection tx, Move move) throws SQLException {
        KeyLocks.lock(tx, moves.led(tx, move).stream().map(UUID::toString).toList());
        moves.remember(tx, move);
    }

    /** Hands on what was raised in a district that its child had left, as far as moves are known. */
    public void catchUp(Connection tx, Late late) throws SQLException {
        var since = late.since();
        var led = since == null
                ? moves.from(tx, late.childId(), late.district())
                : moves.from(tx, late.childId(), late.district(), since);
        for (var move : led) {
            handOver(tx, late.childId(), move.from(), move, late.aloud());
        }
    }

    /** Hands over what is open in the district that a child left, and its aliases with it. */
    public void follow(Connection tx, Move move, boolean aloud) throws SQLException {
        for (var child : moves.led(tx, move)) {
            if (moves.leads(tx, move, child)) {
                for (var place : moves.places(tx, move)) {
                    handOver(tx, child, place, move, aloud);
                }
                for (var next : moves.after(tx, child, move)) {
                    handOver(tx, child, next.from(), next, aloud);
                }
            }
        }
    }

    /** What this move or a later one has brought there stays: it is where the child lives in the end. */
    private void handOver(Connection tx, UUID child, String place, Move move, boolean aloud) throws SQLException {
        var brought = moves.fromThisOn(tx, child, move);
        Supplier<List<Alert>> left = () -> alerts.open(tx, KINDS, child, place).stream()
                .filter(alert -> !brought.contains(alert.cause().eventId()))
                .sorted(Comparator.comparing(Alert::actBy)) // of those that become one, the soonest stands
                .toList();
        var raisings = new ArrayList<Raising>();
        for (var open : left.get()) {
            raisings.add(raise.prepare(moved(open, move), aloud));
        }
        if (!raisings.isEmpty()) {
            settle.close(tx, left);
            raise.raise(tx, raisings);
        }
    }

    private static AlertDraft moved(Alert open, Move move) {
        var isFlag = open.kind() == AlertKind.URGENT_FLAG;
        var subject = open.subject();
        return new AlertDraft(
                isFlag
                        ? "urgent-flag-moved " + subject.id()
                        : "moved " + open.kind() + " " + open.addressee().role().code() + " " + subject.childId() + " "
                                + subject.id(),
                open.kind(),
                open.severity(),
                new Addressee(
                        open.addressee().role(), move.to(), open.addressee().agencyId()),
                isFlag ? new AlertSubject(subject.type(), subject.id(), subject.childId(), move.eventId()) : subject,
                new AlertCause(move.eventId(), topic(move), open.cause().correlationId()),
                open.detail(),
                isFlag ? move.movedAt().plus(WITHIN) : open.actBy(),
                open.askedAt());
    }

    private static String topic(Move move) {
        var tie = move.tie();
        if (tie == null) {
            return "ChildMoved";
        }
        return tie.begins() ? "ChildIdentityMerged" : "ChildIdentitySplit";
    }
}
