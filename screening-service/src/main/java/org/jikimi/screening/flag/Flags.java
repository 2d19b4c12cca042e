package org.jikimi.screening.flag;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.runtime.db.Sql;

/** Flags in the database. */
public final class Flags {
    /** Adds many at once, by COPY. */
    public void addAll(Connection tx, Iterable<Flag> flags) throws SQLException {
        try (var rows = CopyRows.into(
                tx,
                "flag",
                "id",
                "version",
                "state",
                "child_id",
                "household_id",
                "district_code",
                "dong_code",
                "round_id",
                "programme",
                "score",
                "reasons",
                "rank",
                "urgent",
                "model_version",
                "as_of",
                "flagged_at")) {
            for (var flag : flags) {
                rows.row()
                        .uuid(flag.id())
                        .int8(flag.version())
                        .text(flag.state())
                        .uuid(flag.childId())
                        .uuid(flag.householdId())
                        .text(flag.districtCode())
                        .text(flag.dongCode())
                        .uuid(flag.roundId())
                        .text(flag.programme())
                        .int4(flag.score())
                        .text(Reasons.write(flag.reasons()))
                        .int4(flag.rank())
                        .bool(flag.urgent())
                        .text(flag.modelVersion())
                        .date(flag.asOf())
                        .timestamp(flag.flaggedAt());
            }
            rows.finish();
        }
    }

    public Optional<Flag> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM flag WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> flag(row))
                .findOne();
    }

    /** The flags of a child and its aliases, newest first. */
    public List<Flag> ofChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM flag WHERE child_id IN (SELECT CAST(:child AS uuid) UNION ALL "
                        + "SELECT alias_id FROM child_alias WHERE child_id = :child) ORDER BY flagged_at DESC, id")
                .bind("child", childId)
                .map((row, c) -> flag(row))
                .list();
    }

    public static Flag flag(ResultSet row) throws SQLException {
        var promoted = row.getTimestamp("promoted_at");
        return new Flag(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("state"),
                row.getObject("child_id", UUID.class),
                row.getObject("household_id", UUID.class),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getObject("round_id", UUID.class),
                row.getString("programme"),
                row.getInt("score"),
                Reasons.read(row.getString("reasons")),
                (Integer) row.getObject("rank"),
                row.getBoolean("urgent"),
                row.getString("model_version"),
                row.getObject("as_of", LocalDate.class),
                row.getTimestamp("flagged_at").toInstant(),
                promoted == null ? null : promoted.toInstant());
    }
}
