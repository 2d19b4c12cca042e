package org.jikimi.screening.batch;

/**
 * A line that was not taken.
 *
 * @param line number of the line in the file, from 1
 * @param code why, such as {@code unknown-subject}
 * @param message what to correct; never a value of the line
 */
public record Rejection(long line, String code, String message) {}
