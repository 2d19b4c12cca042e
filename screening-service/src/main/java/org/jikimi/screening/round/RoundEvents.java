package org.jikimi.screening.round;

import java.time.Instant;
import org.jikimi.contracts.screening.v1.RoundClosed;
import org.jikimi.contracts.screening.v1.RoundOpened;
import org.jikimi.runtime.event.EventDraft;

/** Rounds as others hear of them. */
final class RoundEvents {
    private RoundEvents() {}

    static EventDraft opened(Round round, String model, Instant at) {
        return draft(
                round,
                new RoundOpened(
                        round.id(),
                        round.version(),
                        round.state().name(),
                        round.programme(),
                        round.asOf(),
                        model,
                        round.children(),
                        at));
    }

    static EventDraft closed(Round round, Instant at) {
        return draft(
                round,
                new RoundClosed(
                        round.id(),
                        round.version(),
                        round.state().name(),
                        round.programme(),
                        round.flagged(),
                        round.seen(),
                        round.flagged() - round.seen(),
                        at));
    }

    private static EventDraft draft(Round round, Record data) {
        return new EventDraft(data, round.id(), round.id(), null, round.id(), null);
    }
}
