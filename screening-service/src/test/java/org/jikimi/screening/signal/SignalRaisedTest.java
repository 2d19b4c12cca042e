package org.jikimi.screening.signal;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.send;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who works for a child, or watches it, hears of what is new. */
class SignalRaisedTest {
    private static final UUID CASE = new UUID(0x0197e5a000007000L, 0x8000000000000001L);

    private World world;
    private UUID worked;

    @BeforeEach
    void aChildSomebodyWorksForAndItsSibling() throws Exception {
        world = new World();
        SendChildren.send(world, "children", child("A1", "H-1", "2015-05-01") + child("A2", "H-1", "2016-05-01"));
        worked = born("2015-05-01");
        world.transactions.run(tx -> new JoinOutcome().caseIs(tx, CASE, worked, 1, true));
    }

    @Test
    void whatIsNewOfAChildWithOpenWorkIsToldOnceForAFile() throws Exception {
        send(
                world,
                "power-utility",
                "1",
                signal("P1", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-01")
                        + signal("P2", "POWER_CUTOFF", "HOUSEHOLD", "H-1", "2026-09-20"));

        assertEquals(
                List.of(worked.toString()), world.query("SELECT key FROM outbox WHERE type = 'ChildSignalRaised'"));
        assertEquals(List.of("[\"POWER_CUTOFF\"] false 2026-09-20"), told());
    }

    @Test
    void whatWasKnownIsRepeatedCorrectedOrOldIsNotNew() throws Exception {
        send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01"));

        send(world, "health-insurance", "2", signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01"));
        send(world, "health-insurance", "3", signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-02"));
        send(world, "health-insurance", "4", signal("S2", "NO_MEDICAL_USE", "RRN", "A1", "2024-09-01"));
        send(world, "health-insurance", "5", signal("S3", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01", "2026-09-20"));

        assertEquals(List.of("[\"NO_MEDICAL_USE\"] false 2026-09-01"), told());
    }

    @Test
    void aChildNobodyWorksForIsNotToldOf() throws Exception {
        send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A2", "2026-09-01"));

        assertEquals(List.of(), told());
    }

    @Test
    void aClosedCaseIsHeardForAsLongAsItIsWatched() throws Exception {
        closed(2, "2026-09-30");
        send(world, "health-insurance", "1", signal("S1", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-01"));
        var after = told();

        closed(3, "2026-10-01");
        send(world, "health-insurance", "2", signal("S2", "NO_MEDICAL_USE", "RRN", "A1", "2026-09-02"));

        assertEquals(List.of(), after);
        assertEquals(List.of("[\"NO_MEDICAL_USE\"] false 2026-09-02"), told());
    }

    @Test
    void aSignalThatRaisesAFlagIsToldOfByTheFlagAndTheNextOneByItself() throws Exception {
        send(world, "clinic", "1", signal("U1", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A2", "2026-09-28"));
        var first = told();

        send(world, "clinic", "2", signal("U2", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A2", "2026-09-29"));

        assertEquals(List.of(), first);
        assertEquals(List.of("[\"SUSPECTED_ABUSE_MEDICAL_RECORD\"] true 2026-09-29"), told());
    }

    private void closed(long version, String watchedUntil) throws Exception {
        world.transactions.run(
                tx -> new JoinOutcome().caseClosed(tx, CASE, worked, version, LocalDate.parse(watchedUntil)));
    }

    private UUID born(String date) throws Exception {
        return UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '" + date + "'")
                .getFirst());
    }

    private List<String> told() throws Exception {
        return world.query("""
                SELECT (d ->> 'indicators') || ' ' || (d ->> 'urgent') || ' ' || (d ->> 'observedOn')
                FROM (SELECT seq, convert_from(payload, 'UTF8')::jsonb AS d FROM outbox
                      WHERE type = 'ChildSignalRaised') AS told ORDER BY seq""");
    }
}
