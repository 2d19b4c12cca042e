package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.reference.Programme;

/** Plans a round; nothing is judged yet. */
@ApplicationScoped
public class PlanRound {
    private final Times times;
    private final Rounds rounds = new Rounds();

    public PlanRound(Times times) {
        this.times = times;
    }

    /**
     * Plans it.
     *
     * @param asOf day on which the inputs are to be judged
     */
    Round plan(Connection tx, Programme programme, LocalDate asOf) {
        var round = Round.planned(
                EventIds.next(), programme.name(), asOf, times.now().truncatedTo(ChronoUnit.MICROS));
        rounds.add(tx, round);
        return round;
    }
}
