package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.Test;

/** A round judges by the version that was in use when it opened. */
class RoundModelTest {
    private final World world = new World();
    private final RunRound run = new RunRound(world);

    @Test
    void aVersionThatIsActivatedMeanwhileChangesNoRoundThatIsOpen() throws Exception {
        SendChildren.send(world, "children", child("A", "H-1", "2015-05-01"));
        SendSignals.send(world, "power-utility", "p", signal("P", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        SendSignals.send(world, "water-utility", "w", signal("W", "WATER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 9)");
        var id = run.plan(Programme.QUARTERLY_SCREENING, World.TODAY);
        run.open(id);
        useAnother();

        run.screen(id);

        assertThat(flags(id)).containsExactly("expert-2 25 POWER_CUTOFF:12,WATER_CUTOFF:12,REGION_11350:1");
        var whole = world.query("SELECT flag::text FROM flag");
        run.screenAgain(id);
        assertThat(world.query("SELECT flag::text FROM flag")).isEqualTo(whole);
        assertThat(run.round(id).modelVersion()).isEqualTo("expert-2");
        world.execute("UPDATE flag SET state = 'CLOSED'"); // else the child is somebody's work
        assertThat(flags(run.screened(Programme.QUARTERLY_SCREENING, World.TODAY)))
                .containsExactly("another 60 POWER_CUTOFF:60");
    }

    private List<String> flags(UUID round) throws SQLException {
        return world.query("SELECT model_version || ' ' || score || ' ' || reasons FROM flag WHERE round_id = '%s'"
                .formatted(round));
    }

    private void useAnother() throws SQLException {
        var another = new ScorecardDocument(
                "another",
                null,
                null,
                null,
                20,
                70,
                5,
                List.of(new Weight("POWER_CUTOFF", 60, "expert judgement")),
                List.of(),
                List.of(),
                List.of());
        world.transactions.run(tx -> new Models().propose(tx, another, "analyst", world.times.now()));
        world.execute("UPDATE model SET state = 'RETIRED' WHERE state = 'ACTIVE'");
        world.execute("UPDATE model SET state = 'ACTIVE' WHERE version = 'another'");
    }
}
