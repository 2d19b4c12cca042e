package org.jikimi.screening.round;

import java.time.Instant;
import org.jikimi.contracts.screening.v1.RoundClosed;
import org.jikimi.contracts.screening.v1.RoundOpened;
import org.jikimi.runtime.event.EventDraft;
import org.jikimi.screening.round.model.Round;

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
                        round.plan().programme().name(),
                        round.plan().asOf(),
                        model,
                        round.figures().children(),
                        at));
    }

    static EventDraft closed(Round round, int handedOn, Instant at) {
        return draft(
                round,
                new RoundClosed(
                        round.id(),
                        round.version(),
                        round.state().name(),
                        round.plan().programme().name(),
                        round.figures().flagged(),
                        round.figures().seen(),
                        handedOn,
                        at));
    }

    private static EventDraft draft(Round round, Record data) {
        return new EventDraft(data, round.id(), round.id(), null, round.id(), null);
    }
}
