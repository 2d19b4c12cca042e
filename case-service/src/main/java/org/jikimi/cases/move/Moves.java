package org.jikimi.cases.move;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.support.Rows;
import org.jikimi.runtime.db.Sql;

/** The moves of children, as the registry told of them. */
public final class Moves {
    private final Aliases aliases = new Aliases();

    /** Notes a move; answers false if it is known. */
    public boolean note(Connection tx, Move move) {
        return note(tx, move, false);
    }

    /** Notes that an id became an alias, and so lives where the child lives that survives. */
    public void noteMerge(Connection tx, Move move) {
        note(tx, move, true);
    }

    /** Forgets that an id was an alias, as far as its place goes; answers where it went as one. */
    public List<Place> forgetMerges(Connection tx, UUID alias) {
        return Sql.on(tx)
                .createQuery(
                        "DELETE FROM child_move WHERE child_id = :alias AND by_merge RETURNING to_district, to_dong")
                .bind("alias", alias)
                .map((row, context) -> new Place(row.getString("to_district"), row.getString("to_dong")))
                .list();
    }

    private static boolean note(Connection tx, Move move, boolean byMerge) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_move (child_id, version, household_id, from_district, from_dong, to_district, to_dong, by_merge)
                        VALUES (:child, :version, :household, :from, :fromDong, :to, :toDong, :byMerge)
                        ON CONFLICT (child_id, version) DO NOTHING""")
                        .bind("child", move.childId())
                        .bind("version", move.version())
                        .bind("household", move.householdId())
                        .bind("from", move.from().districtCode())
                        .bind("fromDong", move.from().dongCode())
                        .bind("to", move.to().districtCode())
                        .bind("toDong", move.to().dongCode())
                        .bind("byMerge", byMerge)
                        .execute()
                == 1;
    }

    /**
     * Where something belongs that is told of a child late: where it would be, had it come before the moves that are
     * known. So it ends in the same place in whatever order it and they are heard.
     */
    public Place after(Connection tx, UUID childId, Place told) {
        var taken = from(tx, childId, told);
        return taken.isEmpty() ? told : taken.getLast().to();
    }

    /** The known moves of a child that take along what lies in a place, in their order. */
    public List<Move> from(Connection tx, UUID childId, Place told) {
        var place = told;
        var taken = new ArrayList<Move>();
        for (var move : of(tx, aliases.leading(tx, childId))) {
            if (move.leaves(place)) {
                place = move.to();
                taken.add(move.of(childId));
            }
        }
        return taken;
    }

    /** Those that hold for the work of an id from one of them on, as moves of that id; the oldest first. */
    public List<Move> since(Connection tx, UUID id, UUID mover, long version) {
        return of(tx, aliases.leading(tx, id)).stream()
                .dropWhile(move -> !(move.childId().equals(mover) && move.version() == version))
                .map(move -> move.of(id))
                .toList();
    }

    /** Those of a child, the oldest first; of several ids, those of the first come first. */
    public List<Move> of(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = ANY(:ids) "
                        + "ORDER BY array_position(:ids, child_id), version")
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, context) -> new Move(
                        Rows.id(row, "child_id"),
                        row.getLong("version"),
                        Rows.id(row, "household_id"),
                        new Place(row.getString("from_district"), row.getString("from_dong")),
                        new Place(row.getString("to_district"), row.getString("to_dong"))))
                .list();
    }
}
