package org.jikimi.referral.move;

import java.sql.Connection;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/** The moves of children, as the registry told of them. */
public final class Moves {
    /** Notes a move; answers false if it is known. */
    public boolean note(Connection tx, Move move) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_move (child_id, version, from_district, from_dong, to_district, to_dong)
                        VALUES (:child, :version, :from, :fromDong, :to, :toDong)
                        ON CONFLICT (child_id, version) DO NOTHING""")
                        .bind("child", move.childId())
                        .bind("version", move.version())
                        .bind("from", move.fromDistrict())
                        .bind("fromDong", move.fromDong())
                        .bind("to", move.toDistrict())
                        .bind("toDong", move.toDong())
                        .execute()
                == 1;
    }

    /** Those of a child, the oldest first; of several ids, those of the first come first. */
    public List<Move> of(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM child_move WHERE child_id = ANY(:ids) "
                        + "ORDER BY array_position(:ids, child_id), version")
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, context) -> new Move(
                        row.getObject("child_id", UUID.class),
                        row.getLong("version"),
                        row.getString("from_district"),
                        row.getString("from_dong"),
                        row.getString("to_district"),
                        row.getString("to_dong")))
                .list();
    }
}
