package org.jikimi.screening.outcome;

/**
 * What became known of a child after the day that a round judged.
 *
 * @param visited whether a visit gave a result by which need can be told, after the round flagged the child and before it
 *     was flagged anew
 * @param need whether that was a welfare need or suspected abuse; of several visits the first tells
 * @param abuse whether abuse was determined, of a flagged child or not
 * @param reported whether suspected abuse was reported, of a flagged child or not
 */
public record KnownOutcome(boolean visited, boolean need, boolean abuse, boolean reported) {
    KnownOutcome with(KnownOutcome other) {
        return new KnownOutcome(
                visited || other.visited, need || other.need, abuse || other.abuse, reported || other.reported);
    }
}
