package org.jikimi.screening.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A line that was not taken.
 *
 * @param line number of the line in the file, from 1
 * @param code why, such as {@code unknown-subject}
 * @param message what to correct; never a value of the line
 * @param indicator code of the indicator that the line names, as far as it could be read; absent where it names none of the
 *     catalogue
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rejection(
        long line, String code, String message, @Nullable String indicator) {}
