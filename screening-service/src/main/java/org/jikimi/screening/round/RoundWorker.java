package org.jikimi.screening.round;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.screening.ScreenRound;

/**
 * Opens rounds in the background, divides their screening into ranges, and cuts when all of them have been judged. Each is
 * one transaction of its own, done whole or not at all: whoever is killed in the middle of it begins again.
 */
@ApplicationScoped
public class RoundWorker implements DueHandler {
    private final OpenRound open;
    private final ScreenRound screen;
    private final DueWork due;

    public RoundWorker(OpenRound open, ScreenRound screen, DueWork due) {
        this.open = open;
        this.screen = screen;
        this.due = due;
    }

    @Override
    public String kind() {
        return RoundWork.KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var id = UUID.fromString(subject);
        Steps.timed("round-open", () -> open.carryOut(id));
        var lookAgain = Steps.timed("round-screen", () -> screen.carryOut(id));
        if (lookAgain.isPresent()) {
            due.plan(tx, RoundWork.KIND, subject, lookAgain.get());
        }
    }
}
