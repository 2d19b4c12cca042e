package org.jikimi.screening.batch;

/** What the check of a line came to. */
public sealed interface Checked<T> {
    record Good<T>(T value) implements Checked<T> {}

    /**
     * The line cannot be taken.
     *
     * @param message what to correct; never a value of the line
     */
    record Bad<T>(RejectionCode code, String message) implements Checked<T> {}

    static <T> Checked<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Checked<T> bad(RejectionCode code, String message) {
        return new Bad<>(code, message);
    }
}
