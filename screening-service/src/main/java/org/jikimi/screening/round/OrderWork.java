package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.model.Rounds;

/** Orders the opening or the screening of a round, which {@link RoundWorker} then does. */
@ApplicationScoped
public class OrderWork {
    private final DueWork due;
    private final Times times;
    private final Rounds rounds = new Rounds();

    public OrderWork(DueWork due, Times times) {
        this.due = due;
        this.times = times;
    }

    /** Orders that the inputs be frozen, of a planned round whose day has come. */
    Ordered opening(Connection tx, Round round) throws SQLException {
        if (round.state() != RoundState.PLANNED) {
            return new Ordered.Refused(
                    RoundProblems.WRONG_STATE.with("state", round.state().name()));
        }
        if (round.plan().asOf().isAfter(times.today())) {
            return new Ordered.Refused(RoundProblems.NOT_YET);
        }
        return order(tx, round, RoundWork.OPENING);
    }

    /** Orders the screening of an opened round; of one that was screened it proves that the flags come out the same. */
    Ordered screening(Connection tx, Round round) throws SQLException {
        if (round.state() == RoundState.PLANNED || round.state() == RoundState.CLOSED) {
            return new Ordered.Refused(
                    RoundProblems.WRONG_STATE.with("state", round.state().name()));
        }
        return order(tx, round, RoundWork.SCREENING);
    }

    private Ordered order(Connection tx, Round round, RoundWork work) throws SQLException {
        if (round.work() != null) {
            return new Ordered.Refused(RoundProblems.AT_WORK);
        }
        var ordered = round.working(work);
        if (!rounds.save(tx, ordered)) {
            return new Ordered.Refused(RoundProblems.AT_WORK);
        }
        due.plan(tx, RoundWork.KIND, round.id().toString(), times.now());
        return new Ordered.Accepted(ordered);
    }
}
