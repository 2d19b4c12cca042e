package org.jikimi.referral.move;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** The moves of children, as the registry told of them. */
public final class Moves {
    /** Notes a move; answers false if it is known. */
    public boolean note(Connection tx, Move move) {
        return note(tx, move, false);
    }

    /** Notes that an id became an alias, and so lives where the child lives that survives. */
    public void noteMerge(Connection tx, Move move) {
        note(tx, move, true);
    }

    /** Forgets that an id was an alias, as far as its place goes; answers the moves it made as one. */
    public List<Move> forgetMerges(Connection tx, UUID alias) {
        return Sql.on(tx)
                .createQuery("DELETE FROM child_move WHERE child_id = :alias AND by_merge RETURNING *")
                .bind("alias", alias)
                .map((row, context) -> read(row))
                .list();
    }

    private static boolean note(Connection tx, Move move, boolean byMerge) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_move
                            (child_id, version, from_district, from_dong, to_district, to_dong, by_merge)
                        VALUES (:child, :version, :from, :fromDong, :to, :toDong, :byMerge)
                        ON CONFLICT (child_id, version) DO NOTHING""")
                        .bind("child", move.childId())
                        .bind("version", move.version())
                        .bind("from", move.fromDistrict())
                        .bind("fromDong", move.fromDong())
                        .bind("to", move.toDistrict())
                        .bind("toDong", move.toDong())
                        .bind("byMerge", byMerge)
                        .execute()
                == 1;
    }

    /** Those of a child, the oldest first; of several ids, those of the first come first. */
    public List<Move> of(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = ANY(:ids) "
                        + "ORDER BY array_position(:ids, child_id), version")
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, context) -> read(row))
                .list();
    }

    private static Move read(ResultSet row) throws SQLException {
        return new Move(
                row.getObject("child_id", UUID.class),
                row.getLong("version"),
                row.getString("from_district"),
                row.getString("from_dong"),
                row.getString("to_district"),
                row.getString("to_dong"));
    }
}
