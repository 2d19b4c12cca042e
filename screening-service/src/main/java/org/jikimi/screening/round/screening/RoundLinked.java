package org.jikimi.screening.round.screening;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.round.selection.Linked;
import org.jspecify.annotations.Nullable;

/** The children that a round linked to the work that somebody does for them already. */
public final class RoundLinked {
    private RoundLinked() {}

    static void addAll(Connection tx, UUID roundId, List<Linked> linked) throws SQLException {
        try (var rows = CopyRows.into(
                tx,
                "round_linked",
                "round_id",
                "child_id",
                "household_id",
                "district_code",
                "dong_code",
                "score",
                "kind",
                "ref")) {
            for (var child : linked) {
                rows.row()
                        .uuid(roundId)
                        .uuid(child.childId())
                        .uuid(child.householdId())
                        .text(child.districtCode())
                        .text(child.dongCode())
                        .int4(child.score())
                        .text(child.kind())
                        .uuid(child.ref());
            }
            rows.finish();
        }
    }

    /** Those of some children. */
    static List<Linked> of(Connection tx, UUID roundId, Collection<UUID> children) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM round_linked WHERE round_id = :round AND child_id = ANY(:children)")
                .bind("round", roundId)
                .bindArray("children", UUID.class, children)
                .map((row, c) -> linked(row))
                .list();
    }

    /**
     * A part of them, by their ids.
     *
     * @param after null for the beginning
     */
    public static List<Linked> page(Connection tx, UUID roundId, @Nullable UUID after, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM round_linked WHERE round_id = :round "
                        + "AND (CAST(:after AS uuid) IS NULL OR child_id > CAST(:after AS uuid)) "
                        + "ORDER BY child_id LIMIT :limit")
                .bind("round", roundId)
                .bind("after", after)
                .bind("limit", limit)
                .map((row, c) -> linked(row))
                .list();
    }

    private static Linked linked(ResultSet row) throws SQLException {
        return new Linked(
                row.getObject("child_id", UUID.class),
                row.getObject("household_id", UUID.class),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getInt("score"),
                row.getString("kind"),
                row.getObject("ref", UUID.class));
    }
}
