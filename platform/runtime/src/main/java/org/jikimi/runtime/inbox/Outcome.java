package org.jikimi.runtime.inbox;

/** What became of an event. An exception is none of these: it is a bug or broken infrastructure. */
public sealed interface Outcome {
    Outcome APPLIED = new Applied();
    Outcome STALE = new Stale();

    /** The state has changed. */
    record Applied() implements Outcome {}

    /** The state is newer than the event already; nothing was to be done. */
    record Stale() implements Outcome {}

    /** The event lacks its predecessor; it is parked and tried again when an event of the same key has been applied. */
    record Early(String code) implements Outcome {}

    /** The event can never be applied as it is; it is parked, and later events of its key behind it. */
    record Rejected(String code) implements Outcome {}
}
