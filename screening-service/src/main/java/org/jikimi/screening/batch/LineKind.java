package org.jikimi.screening.batch;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A kind of line that agencies send.
 *
 * @param <T> a line that has passed its own check
 */
public interface LineKind<T> {
    /**
     * The fields of a line, all of them texts. In JSON a dot leads into an object ({@code subject.scheme}); in CSV the
     * same is one word ({@code subjectScheme}).
     */
    List<String> fields();

    /**
     * Checks a line by itself.
     *
     * @param values in the order of {@link #fields}; null for an absent one
     */
    Checked<T> check(@Nullable String[] values);

    /** Stores the good lines of a chunk, in their order, and says what became of them. */
    Tally load(Connection tx, Batch batch, List<Line<T>> lines) throws SQLException;

    /** A good line and its number. */
    record Line<T>(long number, T value) {}

    /**
     * What became of the good lines of a chunk.
     *
     * @param duplicates lines that said what was known
     * @param rejections lines that cannot be taken as things stand
     */
    record Tally(int accepted, int duplicates, List<Rejection> rejections) {}
}
