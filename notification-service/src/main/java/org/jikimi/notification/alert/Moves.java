package org.jikimi.notification.alert;

import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** The moves of children that were heard of. */
final class Moves {
    void remember(Connection tx, Move move) {
        Sql.on(tx)
                .createUpdate(
                        "INSERT INTO child_move (event_id, child_id, version, from_district, to_district, moved_at) "
                                + "VALUES (:event, :child, :version, :from, :to, :at) ON CONFLICT DO NOTHING")
                .bind("event", move.eventId())
                .bind("child", move.childId())
                .bind("version", move.version())
                .bind("from", move.from())
                .bind("to", move.to())
                .bind("at", move.movedAt())
                .execute();
    }

    /** The moves that lead a child on from a district since then, each beginning where the one before it ended. */
    List<Move> from(Connection tx, UUID child, String district, Instant since) {
        var led = new ArrayList<Move>();
        var place = district;
        for (var move : ofChild(tx, child, since)) {
            if (move.from().equals(place)) {
                led.add(move);
                place = move.to();
            }
        }
        return led;
    }

    private static List<Move> ofChild(Connection tx, UUID child, Instant since) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = :child AND moved_at >= :since ORDER BY version")
                .bind("child", child)
                .bind("since", since)
                .map((row, context) -> new Move(
                        row.getObject("event_id", UUID.class),
                        child,
                        row.getLong("version"),
                        row.getString("from_district"),
                        row.getString("to_district"),
                        row.getTimestamp("moved_at").toInstant()))
                .list();
    }
}
