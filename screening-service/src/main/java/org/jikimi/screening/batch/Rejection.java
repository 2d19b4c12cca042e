package org.jikimi.screening.batch;

import org.jspecify.annotations.Nullable;

/**
 * A line that was not taken.
 *
 * @param line number of the line in the file, from 1
 * @param code why, such as {@code unknown-subject}
 * @param message what to correct; never a value of the line
 * @param indicator code of the indicator that the line names, as far as it could be read; null where it names none of the
 *     catalogue
 */
public record Rejection(
        long line, String code, String message, @Nullable String indicator) {}
