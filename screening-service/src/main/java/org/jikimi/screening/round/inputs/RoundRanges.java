package org.jikimi.screening.round.inputs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * The ranges that a screening is divided into, so that replicas share it: pages of the table of frozen children, which are
 * written once and lie where they lie. Should they not, the children of all ranges do not add up to those of the round, and
 * it is divided anew over the whole table.
 */
public final class RoundRanges {
    private static final String PAGES_OF_TABLE =
            "pg_relation_size('round_child') / current_setting('block_size')::bigint";

    private RoundRanges() {}

    /** Pages from {@code first} up to, not with, {@code end}. */
    public record Range(int number, long first, long end) {}

    /**
     * How far the ranges are judged.
     *
     * @param children how many lay in the ranges judged so far
     * @param whole whether the ranges are all of the table
     */
    public record Progress(int ranges, int undone, long children, boolean whole) {}

    /** The end of the table as it is now, or will be when what is being written is. */
    public static long endOfTable(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT " + PAGES_OF_TABLE)
                .mapTo(Long.class)
                .one();
    }

    /** Keeps where the children of a round were frozen: from the page that was last before, which may have had room. */
    public static void keepPlace(Connection tx, UUID round, long endBefore) {
        Sql.on(tx)
                .createUpdate(
                        "UPDATE round SET first_page = :first, end_page = " + PAGES_OF_TABLE + " WHERE id = :round")
                .bind("first", Math.max(0, endBefore - 1))
                .bind("round", round)
                .execute();
    }

    /**
     * Divides a round.
     *
     * @param whole over the whole table, wherever its children were frozen
     * @param pages of a range
     */
    public static List<Range> divide(Connection tx, UUID round, boolean whole, long pages, Instant now)
            throws SQLException {
        var place = Sql.on(tx)
                .createQuery("SELECT coalesce(first_page, 0) AS first, coalesce(end_page, " + PAGES_OF_TABLE
                        + ") AS end, " + PAGES_OF_TABLE + " AS all FROM round WHERE id = :round")
                .bind("round", round)
                .map((row, c) -> whole
                        ? new Range(0, 0, row.getLong("all"))
                        : new Range(0, row.getLong("first"), row.getLong("end")))
                .one();
        var ranges = new ArrayList<Range>();
        for (long first = place.first(); ranges.isEmpty() || first < place.end(); first += pages) {
            ranges.add(new Range(ranges.size(), first, Math.min(first + pages, place.end())));
        }
        try (var insert = tx.prepareStatement(
                "INSERT INTO round_range (round_id, number, first_page, end_page, told_at) VALUES (?, ?, ?, ?, ?)")) {
            for (var range : ranges) {
                insert.setObject(1, round);
                insert.setInt(2, range.number());
                insert.setLong(3, range.first());
                insert.setLong(4, range.end());
                insert.setTimestamp(5, Timestamp.from(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return ranges;
    }

    public static Progress progress(Connection tx, UUID round) {
        return Sql.on(tx)
                .createQuery("SELECT count(*) AS ranges, count(*) FILTER (WHERE children IS NULL) AS undone, "
                        + "coalesce(sum(children), 0) AS children, "
                        + "coalesce(min(first_page) = 0 AND sum(end_page - first_page) >= " + PAGES_OF_TABLE
                        + ", false) AS whole "
                        + "FROM round_range WHERE round_id = :round")
                .bind("round", round)
                .map((row, c) -> new Progress(
                        row.getInt("ranges"), row.getInt("undone"), row.getLong("children"), row.getBoolean("whole")))
                .one();
    }

    /** The first undone range that was told before and that nobody is at. */
    public static Optional<Integer> leftLying(Connection tx, UUID round, Instant toldBefore) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT number FROM round_range
                        WHERE round_id = :round AND children IS NULL AND told_at < :before
                        ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED""")
                .bind("round", round)
                .bind("before", toldBefore)
                .mapTo(Integer.class)
                .findOne();
    }

    /** Takes on a range until the transaction ends; empty if it is done, or of no screening under way. */
    public static Optional<Range> take(Connection tx, UUID round, int number) {
        return Sql.on(tx)
                .createQuery("SELECT first_page, end_page FROM round_range "
                        + "WHERE round_id = :round AND number = :number AND children IS NULL FOR UPDATE")
                .bind("round", round)
                .bind("number", number)
                .map((row, c) -> new Range(number, row.getLong("first_page"), row.getLong("end_page")))
                .findOne();
    }

    public static void done(Connection tx, UUID round, int number, int children) {
        Sql.on(tx)
                .createUpdate(
                        "UPDATE round_range SET children = :children WHERE round_id = :round AND number = :number")
                .bind("children", children)
                .bind("round", round)
                .bind("number", number)
                .execute();
    }

    /** Forgets the ranges and their candidates. */
    public static void forget(Connection tx, UUID round) {
        for (var table : List.of("round_range", "round_candidate")) {
            Sql.on(tx)
                    .createUpdate("DELETE FROM " + table + " WHERE round_id = :round")
                    .bind("round", round)
                    .execute();
        }
    }
}
