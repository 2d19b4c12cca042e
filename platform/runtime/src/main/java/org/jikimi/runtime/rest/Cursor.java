package org.jikimi.runtime.rest;

import java.util.List;

/**
 * Where in a list a request wants to go on. The list is sorted by unique values; the query asks for rows that follow
 * {@code after}, one more than {@code limit}, which {@link Cursors#page} takes off again.
 *
 * @param filter the list and all that narrows it, in one text
 * @param after sort values of the last row seen; empty at the beginning
 * @param limit how many rows the page has at most, 1 to {@value Cursors#MOST}
 */
public record Cursor(String principal, String filter, List<String> after, int limit) {
    public Cursor {
        after = List.copyOf(after);
    }

    public boolean atBeginning() {
        return after.isEmpty();
    }

    /** Rows to fetch: one more than the page has, to see whether another follows. */
    public int fetch() {
        return limit + 1;
    }
}
