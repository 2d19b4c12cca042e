package org.jikimi.screening.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.registry.SendChildren.with;
import static org.jikimi.screening.signal.SendSignals.signal;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.List;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Children who died or left the country 사망·국외이주, and households whose children change. */
class ChildStatusTest {
    private static final String DEAD = child("A1", "H-1", "2015-05-01");
    private static final String GONE = child("A2", "H-1", "2016-05-01");
    private static final String HERE = child("A3", "H-1", "2017-05-01");

    private World world;

    @BeforeEach
    void threeChildrenInNeed() throws Exception {
        world = new World();
        SendChildren.send(world, "before", DEAD + GONE + HERE);
        for (var source : List.of("power-utility POWER_CUTOFF", "water-utility WATER_CUTOFF")) {
            var parts = source.split(" ", -1);
            SendSignals.send(world, parts[0], "s", signal("S1", parts[1], "HOUSEHOLD", "H-1", "2026-09-01"));
        }
        world.execute("INSERT INTO dong_capacity VALUES ('" + World.DONG + "', 9)");
    }

    @Test
    void whoDiedOrLeftTheCountryIsNotScreened() throws Exception {
        SendChildren.send(world, "after", with(DEAD, "DECEASED", "2026-09-20") + with(GONE, "EMIGRATED", "2026-09-20"));

        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(born("2017-05-01"), world.query("SELECT child_id FROM round_child"));
        assertEquals(born("2017-05-01"), world.query("SELECT child_id FROM flag"));
    }

    @Test
    void aRoundOfADayOnWhichTheChildLivedHereStillJudgesIt() throws Exception {
        SendChildren.send(world, "after", with(DEAD, "DECEASED", "2026-09-20"));

        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY.minusDays(20));

        assertEquals(List.of("3"), world.query("SELECT count(*) FROM round_child"));
    }

    @Test
    void anUrgentSignalFlagsNobodyWhoDiedNorNamesThemAsSiblings() throws Exception {
        SendChildren.send(world, "after", with(DEAD, "DECEASED", "2026-09-20") + with(GONE, "EMIGRATED", "2026-09-20"));

        SendSignals.send(
                world,
                "clinic",
                "urgent",
                signal("U1", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A1", "2026-09-30")
                        + signal("U3", "SUSPECTED_ABUSE_MEDICAL_RECORD", "RRN", "A3", "2026-09-30"));

        assertEquals(born("2017-05-01"), world.query("SELECT child_id FROM flag"));
        assertEquals(
                List.of("[]"),
                world.query("SELECT convert_from(payload, 'UTF8')::jsonb -> 'siblingIds' FROM outbox "
                        + "WHERE type = 'ChildFlagged'"));
    }

    @Test
    void whoComesBackIsScreenedAgain() throws Exception {
        SendChildren.send(world, "after", with(GONE, "EMIGRATED", "2026-09-20"));
        SendChildren.send(world, "back", with(GONE, "RESIDENT", "2026-09-28"));

        new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);

        assertEquals(List.of("3"), world.query("SELECT count(*) FROM round_child"));
    }

    @Test
    void aLineWithAStatusThatIsNoneOrADayBeforeTheBirthIsRejected() throws Exception {
        var received = SendChildren.send(
                world, "after", with(DEAD, "ASLEEP", "2026-09-20") + with(GONE, "DECEASED", "2016-04-30"));

        assertEquals(2, ((Reception.Received) received).receipt().rejected());
        assertEquals(List.of("RESIDENT"), world.query("SELECT DISTINCT status FROM child"));
    }

    @Test
    void aLineThatSaysNothingOfStatusIsHashedAsItWasBefore() throws Exception {
        var line = String.join(
                "\0",
                "RRN",
                "A1",
                "합성 A1",
                "합성로 1",
                "2015-05-01",
                "F",
                "H-1",
                "TWO_PARENT",
                "11350",
                World.DONG,
                "HOME");

        assertEquals(
                List.of(HexFormat.of().formatHex(world.keys.mac("child-line", line.getBytes(UTF_8)))),
                world.query("SELECT encode(content_mac, 'hex') FROM child WHERE birth_date = '2015-05-01'"));
    }

    @Test
    void whatIsKnownOfAHouseholdReachesAChildWhoJoinsItLaterAndLeavesWhoLeaves() throws Exception {
        SendChildren.send(world, "born", child("A4", "H-1", "2026-09-15"));
        SendChildren.send(world, "left", child("A3", "H-2", "2017-05-01"));

        assertEquals(
                world.query("SELECT mask FROM child_state JOIN child ON id = child_id WHERE birth_date = '2015-05-01'"),
                world.query(
                        "SELECT mask FROM child_state JOIN child ON id = child_id WHERE birth_date = '2026-09-15'"));
        assertEquals(
                List.of("0"),
                world.query(
                        "SELECT mask FROM child_state JOIN child ON id = child_id WHERE birth_date = '2017-05-01'"));
    }

    private List<String> born(String date) throws Exception {
        return world.query("SELECT id FROM child WHERE birth_date = '" + date + "'");
    }
}
