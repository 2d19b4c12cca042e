package org.jikimi.notification.alert;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Hands the alert of an urgent flag (긴급 발굴) over to the district that its child moved to: closed there, raised here. A
 * flag that is heard after the moves of its child ends with the same officers.
 */
@ApplicationScoped
public class HandOverFlags {
    /** The time that officers have who are told of an urgent flag; platform policy. */
    public static final Duration WITHIN = Duration.ofHours(2);

    private static final String TOPIC = "ChildMoved";

    private final RaiseAlert raise;
    private final SettleAlerts settle;
    private final Alerts alerts = new Alerts();
    private final Moves moves = new Moves();

    public HandOverFlags(RaiseAlert raise, SettleAlerts settle) {
        this.raise = raise;
        this.settle = settle;
    }

    /** Remembers a move for flags that are heard later. */
    public void remember(Connection tx, Move move) {
        moves.remember(tx, move);
    }

    /**
     * Where the alert of a flag goes from its own district, by the moves that are known; all but the last are settled.
     *
     * @param flaggedAt when the child was flagged
     */
    public List<AlertDraft> onward(Connection tx, AlertDraft flag, Instant flaggedAt) throws SQLException {
        var child = flag.subject().childId();
        var district = flag.addressee().districtCode();
        var drafts = new ArrayList<AlertDraft>();
        if (child == null || district == null) {
            return drafts;
        }
        var left = flag.subject();
        for (var move : moves.from(tx, child, district, flaggedAt)) {
            settle.settle(tx, settled(left));
            var draft = moved(left, flag.cause().correlationId(), move);
            drafts.add(draft);
            left = draft.subject();
        }
        return drafts;
    }

    /** Hands over what is open in the district that a child left. */
    public List<Raising> follow(Connection tx, Move move, boolean aloud) throws SQLException {
        var raisings = new ArrayList<Raising>();
        for (var open : alerts.open(tx, AlertKind.URGENT_FLAG, move.childId(), move.from())) {
            settle.settle(tx, settled(open.subject()));
            raisings.add(raise.prepare(moved(open.subject(), open.cause().correlationId(), move), aloud));
        }
        return raisings;
    }

    private static Settlement settled(AlertSubject left) {
        return new Settlement(AlertKind.URGENT_FLAG, left.id(), left.party());
    }

    private static AlertDraft moved(AlertSubject flag, UUID correlation, Move move) {
        return new AlertDraft(
                "urgent-flag-moved " + flag.id(),
                AlertKind.URGENT_FLAG,
                Severity.CRITICAL,
                new Addressee(RecipientRole.DONG_OFFICER, move.to(), null),
                new AlertSubject(flag.type(), flag.id(), flag.childId(), move.eventId()),
                new AlertCause(move.eventId(), TOPIC, correlation),
                null,
                move.movedAt().plus(WITHIN));
    }
}
