package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.round.inputs.RoundRanges;
import org.jikimi.screening.round.model.CancelReason;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.Rounds;

/**
 * Gives up a round that has flagged nobody yet, whatever is being done for it, so that one whose work always fails holds up
 * nothing any more. It ends without flags; what it froze stays as that of any round that has ended, and is made nobody's when
 * a child is erased. Of a round that is screened again only that is given up: what it flagged stands.
 */
@ApplicationScoped
public class CancelRound {
    private final Events events;
    private final Times times;
    private final Rounds rounds = new Rounds();

    public CancelRound(Events events, Times times) {
        this.events = events;
        this.times = times;
    }

    Ordered cancel(Connection tx, Round round, CancelReason reason) throws SQLException {
        if (round.isUnderWay() && round.work() != null) {
            return save(tx, round.workDone());
        }
        if (round.state() != RoundState.PLANNED && round.state() != RoundState.OPENED) {
            return new Ordered.Refused(
                    RoundProblems.WRONG_STATE.with("state", round.state().name()));
        }
        var now = times.now().truncatedTo(ChronoUnit.MICROS);
        var cancelled = round.cancelled(reason, now);
        var ordered = save(tx, cancelled);
        if (ordered instanceof Ordered.Accepted && round.state() == RoundState.OPENED) {
            events.publish(tx, RoundEvents.closed(cancelled, 0, now)); // for they have heard that it was opened
        }
        return ordered;
    }

    /** Whoever judges a range of it still is waited for, and finds none to judge afterwards. */
    private Ordered save(Connection tx, Round round) {
        if (!rounds.save(tx, round)) {
            return new Ordered.Refused(RoundProblems.AT_WORK);
        }
        RoundRanges.forget(tx, round.id());
        return new Ordered.Accepted(round);
    }
}
