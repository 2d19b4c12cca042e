package org.jikimi.screening.shadow;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.round.ReplayRound;

/**
 * Screens what a round froze once more, by the round's shadow 그림자 채점. It runs after the round's own screening has
 * committed, in a transaction of its own: whatever goes wrong here flags nobody and spares nobody.
 */
@ApplicationScoped
public class ScreenShadow implements DueHandler {
    private final Models models = new Models();

    @Override
    public String kind() {
        return ReplayRound.SHADOW_DUE;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        try (var statement = tx.createStatement()) { // nobody is erased between what is read and what is written
            statement.execute("LOCK TABLE round_child IN ROW EXCLUSIVE MODE");
        }
        var round = ReplayRound.ofAnyProgramme(tx, UUID.fromString(subject)).orElseThrow();
        if (ShadowFlags.areThere(tx, round.id())) {
            return;
        }
        var shadow = models.find(tx, round.shadowVersion().orElseThrow()).orElseThrow();
        Steps.timed("round-shadow", () -> ShadowFlags.add(tx, round, shadow.scorecard(), now));
    }
}
