package org.jikimi.cases.timeline;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.support.Rows;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.rest.Cursor;
import org.jspecify.annotations.Nullable;

/** Reads the story of a child and its aliases in the order in which it happened. */
@ApplicationScoped
public class ReadTimeline {
    /**
     * A line as it is shown.
     *
     * @param seq tells apart what happened at the same time
     */
    public record Line(
            long seq,
            Instant at,
            String service,
            String what,
            UUID subjectId,
            @Nullable String state,
            @Nullable String detail,
            UUID correlationId) {}

    /** The values that the list is sorted by. */
    public static List<String> position(Line line) {
        return List.of(line.at().toString(), Long.toString(line.seq()));
    }

    /** One row more than the page has. */
    public List<Line> read(Connection tx, UUID childId, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM timeline_entry WHERE child_id = ANY(ARRAY(SELECT ids_of_child(:child)))
                          AND (:beginning OR (at, seq) > (CAST(:afterAt AS timestamptz), CAST(:afterSeq AS bigint)))
                        ORDER BY at, seq LIMIT :limit""")
                .bind("child", childId)
                .bind("beginning", cursor.atBeginning())
                .bind("afterAt", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterSeq", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> new Line(
                        row.getLong("seq"),
                        Rows.instant(row, "at"),
                        row.getString("service"),
                        row.getString("what"),
                        Rows.id(row, "subject_id"),
                        row.getString("state"),
                        row.getString("detail"),
                        Rows.id(row, "correlation_id")))
                .list();
    }
}
