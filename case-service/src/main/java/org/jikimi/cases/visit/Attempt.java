package org.jikimi.cases.visit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Somebody went to the door and did not see the children. */
record Attempt(int number, AttemptResult result, Instant attemptedAt) {
    /** Those of two visits that become one, numbered anew in the order in which they were made. */
    static List<Attempt> together(List<Attempt> some, List<Attempt> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(Comparator.comparing(Attempt::attemptedAt));
        for (int at = 0; at < all.size(); at++) {
            var attempt = all.get(at);
            all.set(at, new Attempt(at + 1, attempt.result(), attempt.attemptedAt()));
        }
        return List.copyOf(all);
    }
}
