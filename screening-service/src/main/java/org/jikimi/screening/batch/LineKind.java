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

    /**
     * The code of the indicator that a line names, as far as it can be read; null for one that names none of the catalogue.
     *
     * @param values as {@link #check} has them; some may be absent because the line ended before them
     */
    default @Nullable String indicator(@Nullable String[] values) {
        return null;
    }

    /**
     * Stores the good lines of a chunk, in their order, and says what became of them; of lines that are settled later it
     * says nothing yet.
     */
    Tally load(Connection tx, Batch batch, List<Line<T>> lines) throws SQLException;

    /** Whether {@link #load} only lands lines, so that they come in as fast as they are read, and {@link #settle} follows. */
    default boolean settlesLater() {
        return false;
    }

    /**
     * Does what is left to do with the lines of a chunk that has landed, and says what became of them: nothing, for a
     * kind whose {@link #load} has done it all.
     */
    Tally settle(Connection tx, Batch batch, long firstLine, long lastLine) throws SQLException;

    /** A good line and its number. */
    record Line<T>(long number, T value) {}

    /**
     * What became of the good lines of a chunk.
     *
     * @param duplicates lines that said what was known
     * @param rejections lines that cannot be taken as things stand
     */
    record Tally(int accepted, int duplicates, List<Rejection> rejections) {
        public static final Tally NOTHING = new Tally(0, 0, List.of());
    }
}
