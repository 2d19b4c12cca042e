package org.jikimi.cases.move;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.support.Place;
import org.jikimi.cases.support.Rows;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The moves of children, as the registry told of them. */
public final class Moves {
    private final Aliases aliases = new Aliases();

    /** Notes a move; answers false if it is known. */
    public boolean note(Connection tx, Move move) {
        return note(tx, move, null);
    }

    /**
     * Notes that an id became an alias, and so lives where the child lives that survives.
     *
     * @param childVersion the version of that child: later moves of it hold for the alias, too
     */
    public void noteMerge(Connection tx, Move move, long childVersion) {
        note(tx, move, childVersion);
    }

    /** Forgets that an id was an alias, as far as its place goes; answers the moves that it made as one. */
    public List<Move> forgetMerges(Connection tx, UUID alias) {
        return Sql.on(tx)
                .createQuery("DELETE FROM child_move WHERE child_id = :alias AND by_merge RETURNING *")
                .bind("alias", alias)
                .map((row, context) -> read(row))
                .list();
    }

    private static boolean note(Connection tx, Move move, @Nullable Long childVersion) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_move (child_id, version, household_id, from_district, from_dong, to_district, to_dong,
                            by_merge, child_version)
                        VALUES (:child, :version, :household, :from, :fromDong, :to, :toDong,
                            CAST(:childVersion AS bigint) IS NOT NULL, :childVersion)
                        ON CONFLICT (child_id, version) DO NOTHING""")
                        .bind("child", move.childId())
                        .bind("version", move.version())
                        .bind("household", move.householdId())
                        .bind("from", move.from().districtCode())
                        .bind("fromDong", move.from().dongCode())
                        .bind("to", move.to().districtCode())
                        .bind("toDong", move.to().dongCode())
                        .bind("childVersion", childVersion)
                        .execute()
                == 1;
    }

    /** The known moves of a child that take along what lies in a place, in their order. */
    public List<Move> from(Connection tx, UUID childId, Place told) {
        var place = told;
        var taken = new ArrayList<Move>();
        for (var move : of(tx, childId)) {
            if (move.leaves(place)) {
                place = move.to();
                taken.add(move);
            }
        }
        return taken;
    }

    /** Those that hold for the work of an id, as moves of that id; the oldest first. */
    public List<Move> of(Connection tx, UUID id) {
        return holding(tx, id).map(move -> move.of(id)).toList();
    }

    /** Those of them from one on. */
    public List<Move> since(Connection tx, UUID id, Move first) {
        return holding(tx, id)
                .dropWhile(move -> !(move.childId().equals(first.childId()) && move.version() == first.version()))
                .map(move -> move.of(id))
                .toList();
    }

    /** Those of them that the child made whose alias it is. */
    public List<Move> led(Connection tx, UUID id) {
        return holding(tx, id).filter(move -> !move.childId().equals(id)).toList();
    }

    /** Its own, then what the child whose alias it is has moved since it was told where that child lives. */
    private Stream<Move> holding(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM child_move
                        WHERE child_id = ANY(:ids) AND (child_id = :id OR version > coalesce(
                            (SELECT max(child_version) FROM child_move WHERE child_id = :id AND by_merge), 0))
                        ORDER BY array_position(:ids, child_id), version""")
                .bind("id", id)
                .bindArray("ids", UUID.class, aliases.leading(tx, id).toArray())
                .map((row, context) -> read(row))
                .list()
                .stream();
    }

    private static Move read(ResultSet row) throws SQLException {
        return new Move(
                Rows.id(row, "child_id"),
                row.getLong("version"),
                Rows.id(row, "household_id"),
                new Place(row.getString("from_district"), row.getString("from_dong")),
                new Place(row.getString("to_district"), row.getString("to_dong")));
    }
}
