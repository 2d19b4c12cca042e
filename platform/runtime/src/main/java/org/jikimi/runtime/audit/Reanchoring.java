package org.jikimi.runtime.audit;

import java.time.Instant;

/**
 * An operator's act after a database was restored or the anchors were lost: the chain goes on from its newest block, and
 * what had been anchored beyond it is given up.
 *
 * @param block the newest block at that time; 0 if there was none
 * @param givenUp the newest block that had been anchored; 0 if that was not known any more
 * @param at when, by the platform's clock
 * @param principal who did it
 * @param reason why, in one line without anything personal
 */
public record Reanchoring(long block, long givenUp, Instant at, String principal, String reason) {
    static final int LONGEST_REASON = 200;

    /** @throws IllegalArgumentException if the principal is no word, or the reason no line of 1 to 200 characters */
    public Reanchoring {
        if (!principal.matches("[\\p{Graph}]{1,64}")) {
            throw new IllegalArgumentException("who does it is told in one word of up to 64 ASCII characters");
        }
        if (reason.isBlank()
                || reason.length() > LONGEST_REASON
                || reason.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a reason is one line of up to " + LONGEST_REASON + " characters");
        }
    }

    /** In one line. */
    public String line() {
        var lost = givenUp > block ? ", blocks %d to %d given up".formatted(block + 1, givenUp) : "";
        return "re-anchored at block %d on %s by %s%s: %s".formatted(block, at, principal, lost, reason);
    }
}
