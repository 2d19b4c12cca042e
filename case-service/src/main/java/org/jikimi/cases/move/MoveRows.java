package org.jikimi.cases.move;

import java.sql.Connection;
import org.jikimi.runtime.db.Sql;

/** Lets rows that have a version, a child and a place follow a child who moves. */
public final class MoveRows {
    private MoveRows() {}

    /**
     * Lets those of a table follow that lie where the child left.
     *
     * @param open which of them are still worked on, in SQL
     */
    public static void follow(Connection tx, Move move, String table, String open) {
        update(
                tx,
                move,
                "UPDATE " + table + " SET version = version + 1, district_code = :to, dong_code = :toDong "
                        + "WHERE child_id = :child AND district_code = :from "
                        + "AND (:from <> :to OR dong_code = :fromDong) AND " + open);
    }

    /** The same for a table whose rows have a district and no dong. */
    public static void followDistrict(Connection tx, Move move, String table, String open) {
        update(
                tx,
                move,
                "UPDATE " + table + " SET version = version + 1, district_code = :to "
                        + "WHERE child_id = :child AND district_code = :from AND :from <> :to AND " + open);
    }

    private static void update(Connection tx, Move move, String sql) {
        Sql.on(tx)
                .createUpdate(sql)
                .bind("child", move.childId())
                .bind("from", move.from().districtCode())
                .bind("fromDong", move.from().dongCode())
                .bind("to", move.to().districtCode())
                .bind("toDong", move.to().dongCode())
                .execute();
    }
}
