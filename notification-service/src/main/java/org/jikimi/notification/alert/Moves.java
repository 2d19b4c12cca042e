package org.jikimi.notification.alert;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** The moves of children that were heard of, and the merges and splits that lead an alias along. */
final class Moves {
    void remember(Connection tx, Move move) {
        var tie = move.tie();
        Sql.on(tx)
                .createUpdate(
                        "INSERT INTO child_move (event_id, child_id, version, from_district, to_district, moved_at, "
                                + "survivor_id, survivor_version, becomes_alias) VALUES (:event, :child, :version, :from, :to, :at, "
                                + "CAST(:survivor AS uuid), CAST(:survivorVersion AS bigint), CAST(:begins AS boolean)) "
                                + "ON CONFLICT DO NOTHING")
                .bind("event", move.eventId())
                .bind("child", move.childId())
                .bind("version", move.version())
                .bind("from", move.from())
                .bind("to", move.to())
                .bind("at", move.movedAt())
                .bind("survivor", tie == null ? null : tie.survivor())
                .bind("survivorVersion", tie == null ? null : tie.version())
                .bind("begins", tie == null ? null : tie.begins())
                .execute();
    }

    /** The moves that lead a child on from a district since then, each beginning where the one before it ended. */
    List<Move> from(Connection tx, UUID child, String district, Instant since) {
        var later = ofChild(tx, child).stream()
                .filter(move -> !move.movedAt().isBefore(since))
                .toList();
        return chain(later, district);
    }

    /**
     * The moves that lead a child on from a district for good: none if it lives there, as far as is known. Whoever told of the
     * child there may not have heard of the moves yet, whenever that was.
     */
    List<Move> from(Connection tx, UUID child, String district) {
        var all = ofChild(tx, child).stream().filter(Move::changesDistrict).toList();
        if (all.isEmpty() || all.getLast().to().equals(district)) {
            return List.of();
        }
        int left = all.stream().map(Move::from).toList().lastIndexOf(district);
        return left < 0 ? List.of() : chain(all.subList(left, all.size()), district);
    }

    /** The events that told of a move and of those that are known to lead the child on after it. */
    Set<UUID> fromThisOn(Connection tx, UUID child, Move move) {
        var all = ofChild(tx, child).stream().map(Move::eventId).toList();
        return Set.copyOf(all.subList(Math.max(0, all.indexOf(move.eventId())), all.size()));
    }

    /** Whether a move leads a child, as its own or as that of the one whose alias it was. */
    boolean leads(Connection tx, Move move, UUID child) {
        return ofChild(tx, child).stream().anyMatch(led -> led.eventId().equals(move.eventId()));
    }

    /** The moves that are known to lead a child on after one of them. */
    List<Move> after(Connection tx, UUID child, Move move) {
        var all = ofChild(tx, child);
        var next = all.stream().map(Move::eventId).toList().indexOf(move.eventId()) + 1;
        return chain(all.subList(next, all.size()), move.to());
    }

    /** Whom a move may lead: the child, and the ids that are or were its aliases. */
    List<UUID> led(Connection tx, Move move) {
        return Sql.on(tx)
                .createQuery(
                        "SELECT child_id FROM child_move WHERE survivor_id = :child UNION SELECT :child ORDER BY 1")
                .bind("child", move.childId())
                .mapTo(UUID.class)
                .list();
    }

    /**
     * From where a move takes its child along. A split that is heard late takes it home from wherever moves of the other child
     * have led it meanwhile.
     */
    List<String> places(Connection tx, Move move) {
        var places = new ArrayList<String>();
        places.add(move.from());
        var tie = move.tie();
        if (tie != null && !tie.begins()) {
            var later = told(tx, tie.survivor()).stream()
                    .filter(other -> other.tie() == null && other.version() > tie.version())
                    .toList();
            chain(later, move.from()).forEach(other -> places.add(other.to()));
        }
        return places.stream()
                .distinct()
                .filter(place -> !place.equals(move.to()))
                .toList();
    }

    private static List<Move> chain(List<Move> moves, String district) {
        var led = new ArrayList<Move>();
        var place = district;
        for (var move : moves) {
            if (move.changesDistrict() && move.from().equals(place)) {
                led.add(move);
                place = move.to();
            }
        }
        return led;
    }

    /** In their order: the child's own, and while it is an alias those of the child that survives. */
    private static List<Move> ofChild(Connection tx, UUID child) {
        var own = told(tx, child);
        var all = new ArrayList<Move>();
        for (int i = 0; i < own.size(); i++) {
            all.add(own.get(i));
            var tie = own.get(i).tie();
            if (tie != null && tie.begins()) {
                var until = end(own.subList(i + 1, own.size()), tie);
                told(tx, tie.survivor()).stream()
                        .filter(move -> move.tie() == null && move.version() > tie.version() && move.version() <= until)
                        .forEach(all::add);
            }
        }
        return all;
    }

    /** Up to which version of the child that survives a tie holds. */
    private static long end(List<Move> later, Move.Tie begun) {
        for (var move : later) {
            var tie = move.tie();
            if (tie != null && !tie.begins() && tie.survivor().equals(begun.survivor())) {
                return tie.version();
            }
        }
        return Long.MAX_VALUE;
    }

    private static List<Move> told(Connection tx, UUID child) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = :child ORDER BY version")
                .bind("child", child)
                .map((row, context) -> read(row))
                .list();
    }

    private static Move read(ResultSet row) throws SQLException {
        var survivor = row.getObject("survivor_id", UUID.class);
        return new Move(
                row.getObject("event_id", UUID.class),
                row.getObject("child_id", UUID.class),
                row.getLong("version"),
                row.getString("from_district"),
                row.getString("to_district"),
                row.getTimestamp("moved_at").toInstant(),
                survivor == null
                        ? null
                        : new Move.Tie(survivor, row.getLong("survivor_version"), row.getBoolean("becomes_alias")));
    }
}
