package org.jikimi.screening.registry;

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
import org.jikimi.screening.registry.CorrectChild.Correction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child of whom the register says something else may reach the urgent threshold by that alone, with 68 points before. */
class LiftedByRegisterTest {
    private World world;

    @BeforeEach
    void aChildJustBelowTheUrgentThreshold() throws Exception {
        world = new World();
        register("1", "TWO_PARENT", "HOME");
        send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "A", "2026-09-01"));
        send(world, "welfare-office", "l", signal("L", "LIVELIHOOD_AID_ENDED", "HOUSEHOLD", "H-1", "2026-09-01"));
        for (var utility : List.of("power", "water", "gas")) {
            var indicator = utility.toUpperCase(Locale.ROOT) + "_CUTOFF";
            send(world, utility + "-utility", "u", signal("U", indicator, "HOUSEHOLD", "H-1", "2026-09-01"));
        }
        assertThat(flagged()).isEmpty();
    }

    @Test
    void whomItsFamilyLiftsIsFlaggedAtOnce() throws Exception {
        register("2", "SINGLE_PARENT", "HOME");

        assertThat(flagged()).containsExactly("73 t");
    }

    @Test
    void whoWasVisitedAndStaysAboveItIsNotFlaggedAgainByWhateverElseIsSaid() throws Exception {
        register("2", "SINGLE_PARENT", "HOME");
        world.execute("UPDATE flag SET state = 'VISITED'");

        register("3", "GRANDPARENT", "HOME");
        register("4", "GRANDPARENT", "DAYCARE");

        assertThat(flagged()).containsExactly("73 t");
    }

    @Test
    void whatIsSaidThatGivesNoPointsFlagsNobody() throws Exception {
        register("2", "TWO_PARENT", "DAYCARE");

        assertThat(flagged()).isEmpty();
    }

    @Test
    void whoIsWorkedForIsNotFlaggedForItsFamily() throws Exception {
        var id = UUID.fromString(world.query("SELECT id FROM child").getFirst());
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, UUID.randomUUID(), id, 1, true));

        register("2", "SINGLE_PARENT", "HOME");

        assertThat(flagged()).isEmpty();
    }

    @Test
    void whomACorrectionLiftsIsFlaggedAtOnce() throws Exception {
        var id = UUID.fromString(world.query("SELECT id FROM child").getFirst());

        world.transactions.run(tx -> {
            CorrectChild.apply(
                    tx, world.subjects, world.act, id, new Correction(null, null, null, null, "SINGLE_PARENT", null));
            return id;
        });

        assertThat(flagged()).containsExactly("73 t");
    }

    private void register(String key, String familyType, String care) throws Exception {
        SendChildren.send(world, key, child("A", "H-1", "2015-05-01", familyType, World.DONG, care));
    }

    private List<String> flagged() throws SQLException {
        return world.query("SELECT score || ' ' || left(urgent::text, 1) FROM flag");
    }
}
