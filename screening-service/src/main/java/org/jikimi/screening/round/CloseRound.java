package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.Rounds;
import org.jikimi.screening.round.report.RoundReports;

/**
 * Ends a round: its figures are settled and its report is kept; whom nobody has seen yet is handed on, not forgotten. Who waits
 * in the backlog moves up no more, so whoever closes it says that this is meant; the report tells how many they were.
 */
@ApplicationScoped
public class CloseRound {
    private final Events events;
    private final Times times;
    private final Rounds rounds = new Rounds();

    public CloseRound(Events events, Times times) {
        this.events = events;
        this.times = times;
    }

    Ordered close(Connection tx, Round round, boolean leavesWaiting) throws SQLException {
        if (round.state() != RoundState.SCREENED && round.state() != RoundState.TRACKING) {
            return new Ordered.Refused(
                    RoundProblems.WRONG_STATE.with("state", round.state().name()));
        }
        if (round.work() != null) {
            return new Ordered.Refused(RoundProblems.AT_WORK);
        }
        int waiting = round.figures().backlog();
        if (waiting > 0 && !leavesWaiting) {
            return new Ordered.Refused(RoundProblems.LEAVES_WAITING.with("waiting", waiting));
        }
        int seen = RoundReports.coverage(tx, round, times.today()).seen();
        var now = times.now().truncatedTo(ChronoUnit.MICROS);
        var closed = round.closed(seen, now);
        if (!rounds.save(tx, closed)) {
            return new Ordered.Refused(RoundProblems.AT_WORK);
        }
        var report = RoundReports.report(tx, closed, times.today());
        RoundReports.keep(tx, round.id(), report);
        events.publish(tx, RoundEvents.closed(closed, report.handedOn(), now));
        return new Ordered.Accepted(closed);
    }
}
