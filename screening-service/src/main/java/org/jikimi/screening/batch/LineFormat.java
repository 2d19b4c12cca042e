package org.jikimi.screening.batch;

import org.jspecify.annotations.Nullable;

/** How the fields of a line are written. Good for one batch; not for several threads. */
interface LineFormat {
    /**
     * Reads a line into {@code values}, null where a field is absent or empty.
     *
     * @return why the line cannot be read; null if it can
     */
    Checked.@Nullable Bad<Object> read(byte[] buffer, int offset, int length, @Nullable String[] values);
}
