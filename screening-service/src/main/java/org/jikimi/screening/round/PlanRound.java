package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.time.temporal.ChronoUnit;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.Rounds;

/** Plans a round; nothing is judged yet. */
@ApplicationScoped
public class PlanRound {
    private final Times times;
    private final Rounds rounds = new Rounds();

    public PlanRound(Times times) {
        this.times = times;
    }

    Round plan(Connection tx, Round.Plan plan) {
        var round = Round.planned(EventIds.next(), plan, times.now().truncatedTo(ChronoUnit.MICROS));
        rounds.add(tx, round);
        return round;
    }
}
