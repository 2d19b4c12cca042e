package org.jikimi.screening.round.screening;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;

/**
 * The dongs of a round, some at a time. Those of one dong do not depend on those of another, so a round is cut page by
 * page, and however many children it selects, a few thousand of them are in memory.
 */
final class DongPages {
    /** Some dongs in a row, by their codes: from the first to the last, both included. */
    record Page(String first, String last) {}

    private DongPages() {}

    /**
     * The pages, in the order of the codes; whom the ranges have selected is in exactly one of them.
     *
     * @param children of a page at most, unless a single dong has more
     */
    static List<Page> of(Connection tx, UUID round, int children) {
        var pages = new ArrayList<Page>();
        long room = 0;
        for (var dong : selected(tx, round)) {
            room -= dong.getValue();
            if (room < 0 || pages.isEmpty()) {
                pages.add(new Page(dong.getKey(), dong.getKey()));
                room = children - dong.getValue();
            } else {
                pages.set(pages.size() - 1, new Page(pages.getLast().first(), dong.getKey()));
            }
        }
        return pages;
    }

    private static List<Map.Entry<String, Long>> selected(Connection tx, UUID round) {
        return Sql.on(tx)
                .createQuery("SELECT dong_code, count(*) FROM round_candidate WHERE round_id = :round "
                        + "GROUP BY dong_code ORDER BY dong_code COLLATE \"C\"")
                .bind("round", round)
                .map((row, c) -> Map.entry(row.getString(1), row.getLong(2)))
                .list();
    }
}
