package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stands of a child that the register brings into a household, or back, is acted on as if it had just been signalled. */
class ComesIntoHouseholdTest {
    private World world;

    @BeforeEach
    void aHouseholdWhoseChildWasVisitedForAnUrgentSignalAndAChildElsewhere() throws Exception {
        world = new World();
        register("1", child("A1", "H-1", "2015-05-01") + child("B1", "H-2", "2016-05-01"));
        send(
                world,
                "emergency-service",
                "e",
                signal("E", "CAREGIVER_SUICIDE_ATTEMPT", "HOUSEHOLD", "H-1", "2026-09-01"));
        assertThat(flagged()).containsExactly("2015-05-01");
        world.execute("UPDATE flag SET state = 'VISITED'");
    }

    @Test
    void aChildBornIntoItIsFlaggedAtOnce() throws Exception {
        register("2", child("A2", "H-1", "2026-09-20"));

        assertThat(flagged()).containsExactly("2015-05-01", "2026-09-20");
    }

    @Test
    void aChildThatMovesIntoItIsFlaggedAtOnceAndStaysSoWhenItMovesWithIt() throws Exception {
        register("2", child("B1", "H-1", "2016-05-01"));

        assertThat(flagged()).containsExactly("2015-05-01", "2016-05-01");
        world.execute("UPDATE flag SET state = 'VISITED'");
        register("3", child("B1", "H-1", "2016-05-01", "TWO_PARENT", "1111051500", "HOME"));
        register("4", child("B1", "H-1", "2016-05-01", "TWO_PARENT", "1111051500", "DAYCARE"));
        assertThat(flagged()).hasSize(2);
    }

    @Test
    void aChildThatComesFromAnotherDistrictAndIsFlaggedForItsNewHomeBringsNoOpenWork() throws Exception {
        register("2", child("B1", "H-4", "2016-05-01", "TWO_PARENT", "1111051500", "HOME"));

        register("3", child("B1", "H-1", "2016-05-01"));

        assertThat(world.query("SELECT type || coalesce(convert_from(payload, 'UTF8')::json ->> 'openWork', '') "
                        + "FROM outbox WHERE type IN ('ChildMoved', 'ChildFlagged') ORDER BY seq DESC LIMIT 2"))
                .containsExactly("ChildFlagged", "ChildMovedfalse");
    }

    @Test
    void aChildThatItsNewHouseholdLiftsToTheThresholdIsFlaggedAtOnce() throws Exception {
        send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "B1", "2026-09-01"));
        send(world, "health-insurance", "n", signal("N", "NO_MEDICAL_USE", "RRN", "B1", "2026-09-01"));
        register("2", child("C1", "H-3", "2017-05-01"));
        for (var utility : List.of("power", "water", "gas")) {
            var indicator = utility.toUpperCase(Locale.ROOT) + "_CUTOFF";
            send(world, utility + "-utility", "u", signal("U", indicator, "HOUSEHOLD", "H-3", "2026-09-01"));
        }
        assertThat(flagged()).containsExactly("2015-05-01");

        register("3", child("B1", "H-3", "2016-05-01"));

        assertThat(flagged()).containsExactly("2015-05-01", "2016-05-01");
    }

    @Test
    void whoWorksForTheChildHearsOfIt() throws Exception {
        var worked = UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '2016-05-01'")
                .getFirst());
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), worked, 1, true));
        send(world, "health-insurance", "n", signal("N", "NO_MEDICAL_USE", "RRN", "B1", "2026-09-01"));

        register("2", child("B1", "H-1", "2016-05-01"));

        assertThat(told()).containsExactly("[\"NO_MEDICAL_USE\"]", "[\"CAREGIVER_SUICIDE_ATTEMPT\"]");
    }

    @Test
    void whoIsAResidentAgainIsFlaggedForWhatWasSignalledMeanwhile() throws Exception {
        var line = child("B1", "H-2", "2016-05-01");
        register("2", SendChildren.with(line, "EMIGRATED", "2026-08-01"));
        send(world, "clinic", "c", signal("C", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "B1", "2026-09-20"));
        assertThat(flagged()).containsExactly("2015-05-01");

        register("3", line);

        assertThat(flagged()).containsExactly("2015-05-01", "2016-05-01");
    }

    private void register(String key, String lines) throws Exception {
        SendChildren.send(world, key, lines);
    }

    private List<String> flagged() throws SQLException {
        return world.query("SELECT c.birth_date FROM flag f JOIN child c ON c.id = f.child_id WHERE f.urgent "
                + "ORDER BY c.birth_date");
    }

    private List<String> told() throws SQLException {
        return world.query("SELECT convert_from(payload, 'UTF8')::json ->> 'indicators' FROM outbox "
                + "WHERE type = 'ChildSignalRaised' ORDER BY seq");
    }
}
