package org.jikimi.screening.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child of 60 points, none of whose indicators is urgent; the urgent threshold is 70. */
class UrgentThresholdTest {
    private static final UUID CASE = UUID.randomUUID();

    private World world;

    @BeforeEach
    void aChildBelowTheThreshold() throws Exception {
        world = new World();
        SendChildren.send(world, "children", SendChildren.child("A1", "H-1", "2015-05-01"));
        send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "A1", "2026-09-01"));
        send(world, "power-utility", "e", signal("E", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        send(world, "water-utility", "w", signal("W", "WATER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
        send(world, "health-insurance", "n", signal("N", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01"));
    }

    @Test
    void aSignalThatLiftsAChildToTheThresholdFlagsAtOnce() throws Exception {
        assertThat(flags()).isEmpty();

        gasIsCutOff();

        assertThat(flags()).containsExactly("FLAGGED true 70");
    }

    @Test
    void aVisitedChildThatIsStillAboveItIsNotFlaggedByAnotherSignalACorrectionOrAClearing() throws Exception {
        gasIsCutOff();
        visited();

        send(world, "disease-control", "v1", signal("V", "MISSED_VACCINATION", "RRN", "A1", "2026-09-02"));
        send(world, "disease-control", "v2", signal("V", "MISSED_VACCINATION", "RRN", "A1", "2026-09-03"));
        send(
                world,
                "disease-control",
                "v3",
                signal("V", "MISSED_VACCINATION", "RRN", "A1", "2026-09-03", "2026-10-01"));

        assertThat(flags()).containsExactly("VISITED true 70");
    }

    @Test
    void aVisitedChildThatFellBelowAndIsLiftedAgainIsFlaggedAgain() throws Exception {
        gasIsCutOff();
        visited();
        send(world, "gas-utility", "g2", signal("G", "GAS_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01", "2026-10-01"));

        send(world, "education-office", "s", signal("S", "LONG_SCHOOL_ABSENCE", "RRN", "A1", "2026-09-02"));

        assertThat(flags()).containsExactly("VISITED true 70", "FLAGGED true 72");
    }

    @Test
    void anUrgentSignalFlagsAVisitedChildAgainButItsCorrectionDoesNot() throws Exception {
        send(world, "clinic", "c1", signal("C", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-09-01"));
        visited();

        send(world, "clinic", "c2", signal("C", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-09-02"));

        assertThat(flags()).containsExactly("VISITED true 100");

        send(world, "clinic", "d", signal("D", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-09-03"));

        assertThat(flags()).containsExactly("VISITED true 100", "FLAGGED true 100");
    }

    @Test
    void whoWorksForAChildThatIsLiftedHearsOfItAtOnceAndNoFlagFollowsTheEndOfTheWork() throws Exception {
        work(true);

        gasIsCutOff();

        assertThat(told()).containsExactly("[\"GAS_CUTOFF\"]");
        work(false);
        send(world, "disease-control", "v", signal("V", "MISSED_VACCINATION", "RRN", "A1", "2026-09-02"));
        assertThat(flags()).isEmpty();
    }

    @Test
    void whoWorksForAChildThatACorrectionLiftsHearsOfItToo() throws Exception {
        send(world, "gas-utility", "g0", signal("G", "GAS_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01", "2026-09-15"));
        work(true);

        gasIsCutOff();

        assertThat(told()).containsExactly("[\"GAS_CUTOFF\"]");
        send(world, "gas-utility", "g2", signal("G", "GAS_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-03"));
        assertThat(told()).as("it stood already").hasSize(1);
        assertThat(flags()).isEmpty();
    }

    private void work(boolean open) throws SQLException {
        var child = UUID.fromString(world.query("SELECT id FROM child").getFirst());
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, CASE, child, open ? 1 : 2, open));
    }

    private List<String> told() throws SQLException {
        return world.query("SELECT convert_from(payload, 'UTF8')::json ->> 'indicators' FROM outbox "
                + "WHERE type = 'ChildSignalRaised' ORDER BY seq");
    }

    private void gasIsCutOff() throws Exception {
        send(world, "gas-utility", "g", signal("G", "GAS_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01"));
    }

    private void visited() throws SQLException {
        world.execute("UPDATE flag SET state = 'VISITED'");
    }

    private List<String> flags() throws SQLException {
        return world.query("SELECT state || ' ' || urgent || ' ' || score FROM flag ORDER BY flagged_at, id");
    }
}
