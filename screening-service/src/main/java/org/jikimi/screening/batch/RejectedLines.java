package org.jikimi.screening.batch;

import java.sql.Connection;
import java.util.List;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * Lines of a landed chunk that did not pass their own check.
 *
 * @param indicator code of the indicator that they name; null if they name none of the catalogue
 * @param code why they were not taken
 * @param lines how many
 */
public record RejectedLines(@Nullable String indicator, String code, long lines) {
    private static final String COUNT = """
            SELECT indicator, code, count(*) AS lines FROM batch_rejection
            WHERE batch_id = :batch AND line BETWEEN :first AND :last GROUP BY indicator, code""";

    /** Counts those of a chunk that is not settled yet. */
    public static List<RejectedLines> of(Connection tx, Batch batch, long firstLine, long lastLine) {
        return Sql.on(tx)
                .createQuery(COUNT)
                .bind("batch", batch.id())
                .bind("first", firstLine)
                .bind("last", lastLine)
                .map((row, c) ->
                        new RejectedLines(row.getString("indicator"), row.getString("code"), row.getLong("lines")))
                .list();
    }
}
