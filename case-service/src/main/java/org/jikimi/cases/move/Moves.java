package org.jikimi.cases.move;

import java.sql.Connection;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jikimi.cases.support.Place;

/** The moves of children, as the registry told of them. */
public final class Moves {
    /** Notes a move; answers false if it is known. */
    public boolean note(Connection tx, Move move) {
        return Jdbi.open(tx)
                        .createUpdate("""
                        INSERT INTO child_move (child_id, version, from_district, from_dong, to_district, to_dong)
                        VALUES (:child, :version, :from, :fromDong, :to, :toDong)
                        ON CONFLICT (child_id, version) DO NOTHING""")
                        .bind("child", move.childId())
                        .bind("version", move.version())
                        .bind("from", move.from().districtCode())
                        .bind("fromDong", move.from().dongCode())
                        .bind("to", move.to().districtCode())
                        .bind("toDong", move.to().dongCode())
                        .execute()
                == 1;
    }

    /**
     * Where something belongs that is told of a child late: where it would be, had it come before the moves that are
     * known. So it ends in the same place in whatever order it and they are heard.
     */
    public Place after(Connection tx, UUID childId, UUID householdId, Place told) {
        var place = told;
        for (var move : of(tx, childId, householdId)) {
            place = move.leaves(place) ? move.to() : place;
        }
        return place;
    }

    private static Iterable<Move> of(Connection tx, UUID childId, UUID householdId) {
        return Jdbi.open(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = :child ORDER BY version")
                .bind("child", childId)
                .map((row, context) -> new Move(
                        childId,
                        row.getLong("version"),
                        householdId,
                        new Place(row.getString("from_district"), row.getString("from_dong")),
                        new Place(row.getString("to_district"), row.getString("to_dong"))))
                .list();
    }
}
