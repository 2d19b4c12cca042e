package org.jikimi.screening.outcome;

/**
 * What became known of a child after the day that a round judged.
 *
 * @param visited whether a visit of the round gave a result by which need can be told
 * @param need whether it was a welfare need or suspected abuse
 * @param abuse whether abuse was determined, of a flagged child or not
 * @param reported whether suspected abuse was reported, of a flagged child or not
 */
public record KnownOutcome(boolean visited, boolean need, boolean abuse, boolean reported) {
    KnownOutcome with(KnownOutcome other) {
        return new KnownOutcome(
                visited || other.visited, need || other.need, abuse || other.abuse, reported || other.reported);
    }
}
