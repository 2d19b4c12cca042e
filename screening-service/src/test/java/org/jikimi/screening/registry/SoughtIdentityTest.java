package org.jikimi.screening.registry;

import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.registry.SendChildren.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is still sought once two ids prove to be one child, and once they prove to be two. */
class SoughtIdentityTest {
    private TwoIds ids;
    private World world;
    private UUID child;
    private UUID other;

    @BeforeEach
    void aChildWithTwoIds() throws Exception {
        ids = new TwoIds();
        world = ids.world;
        child = ids.child;
        other = ids.other;
    }

    @Test
    void whoeverWasNotReachedUnderAnIdIsSoughtNoMoreIfItIsOfAChildWhoHasDiedUntilTheyAreSplit() throws Exception {
        visited(other, "ABROAD", false, "2026-09-01T00:00:00Z");
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-08-20"));

        ids.merge(other, child);
        assertEquals(List.of("f"), world.query("SELECT open FROM open_work"));
        ids.split(other, child);

        assertEquals(List.of("t"), world.query("SELECT open FROM open_work"));
    }

    @Test
    void whoeverIsSoughtAlthoughDeadInTheRegisterIsSoughtAfterAMergeToo() throws Exception {
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-08-20"));
        world.execute("UPDATE search_end SET upto = '2026-08-21T00:00:00Z'"); // the day stands still
        visited(child, "REFUSED", false, "2026-09-01T00:00:00Z");

        ids.merge(other, child);

        assertEquals(List.of("t"), world.query("SELECT open FROM open_work"));
    }

    @Test
    void soIsItsAliasForNobodyBelievesTheDeath() throws Exception {
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-08-20"));
        world.execute("UPDATE search_end SET upto = '2026-08-21T00:00:00Z'"); // the day stands still
        visited(child, "UNLOCATED", false, "2026-09-01T00:00:00Z");
        visited(other, "ABROAD", false, "2026-09-02T00:00:00Z");

        ids.merge(other, child);
        assertEquals(2, world.query("SELECT 1 FROM open_work WHERE open").size());
        ids.split(other, child);
        visited(child, "DECEASED", false, "2026-09-03T00:00:00Z");
        visited(other, "ABROAD", false, "2026-09-04T00:00:00Z");
        ids.merge(other, child);

        assertEquals(List.of(), world.query("SELECT 1 FROM open_work WHERE open"));
    }

    @Test
    void soItIsIfThePoliceFoundTheChildOtherwiseUntilTheyFindItDead() throws Exception {
        for (var found : List.of("LOCATED", "ABROAD")) {
            aChildWithTwoIds();
            SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-08-20"));
            world.execute("UPDATE search_end SET upto = '2026-08-21T00:00:00Z'"); // the day stands still
            answered(found, "2026-09-01T00:00:00Z");
            visited(other, "ABROAD", false, "2026-09-02T00:00:00Z");

            ids.merge(other, child);
            assertEquals(List.of("t"), world.query("SELECT open FROM open_work"), found);
            ids.split(other, child);
            answered("DECEASED", "2026-09-03T00:00:00Z");
            visited(other, "ABROAD", false, "2026-09-04T00:00:00Z");
            ids.merge(other, child);

            assertEquals(List.of(), world.query("SELECT 1 FROM open_work WHERE open"), found);
        }
    }

    @Test
    void soItIsIfThatWasFoundUnderAThirdId() throws Exception {
        SendChildren.send(world, "third", child("A3", "H-3", "2015-05-03"));
        var third = ids.born("2015-05-03");
        ids.merge(third, child);
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-08-20"));
        world.execute("UPDATE search_end SET upto = '2026-08-21T00:00:00Z'"); // the day stands still
        visited(other, "UNLOCATED", false, "2026-08-25T00:00:00Z");
        visited(third, "REFUSED", false, "2026-09-01T00:00:00Z");

        ids.merge(other, child);

        assertEquals(List.of("t"), world.query("SELECT open FROM open_work WHERE child_id = '" + other + "'"));
    }

    @Test
    void whoeverWasSeenUnderTheOtherIdIsSoughtNoMoreUntilTheyAreSplit() throws Exception {
        visited(child, "REFUSED", false, "2026-09-01T00:00:00Z");
        visited(other, "SAFE", true, "2026-09-10T00:00:00Z");
        visited(other, "ABROAD", false, "2026-09-20T00:00:00Z");

        ids.merge(other, child);
        assertEquals(List.of(other.toString()), world.query("SELECT child_id FROM open_work WHERE open"));
        ids.split(other, child);

        assertEquals(2, world.query("SELECT 1 FROM open_work WHERE open").size());
    }

    @Test
    void whomThePoliceSeekAgainAfterASplitIsSought() throws Exception {
        var visit = UUID.randomUUID();
        var check = UUID.randomUUID();
        var at = Instant.parse("2026-09-01T00:00:00Z");
        var join = new JoinOutcome();
        world.transactions.run(
                tx -> join.visitCompleted(tx, visit, child, 1, null, VisitFinding.of("UNLOCATED", false), at));
        ids.merge(other, child);
        visited(other, "SAFE", true, "2026-09-10T00:00:00Z");
        world.transactions.run(tx -> join.soughtByPolice(tx, check, 2, visit, child, "LOCATED", "LOCATED", at));
        assertEquals(List.of("f"), world.query("SELECT open FROM open_work WHERE ref = '" + visit + "'"));

        ids.split(other, child);
        world.transactions.run(tx -> join.soughtByPolice(tx, check, 4, visit, child, "OPEN", null, at));

        assertEquals(List.of("t"), world.query("SELECT open FROM open_work WHERE ref = '" + visit + "'"));
    }

    @Test
    void whatTheRegisterSaysOfAnAliasHoldsOnceItIsSplit() throws Exception {
        visited(other, "ABROAD", false, "2026-09-01T00:00:00Z");
        ids.merge(other, child);
        SendChildren.send(world, "dead", with(child("A2", "H-2", "2015-05-02"), "DECEASED", "2026-09-20"));
        assertEquals(List.of("t"), world.query("SELECT open FROM open_work"));

        ids.split(other, child);

        assertEquals(List.of("f"), world.query("SELECT open FROM open_work"));
    }

    /** The police answered about the child. */
    private void answered(String found, String at) throws Exception {
        var state = found.equals("LOCATED") ? "LOCATED" : "CLOSED";
        world.transactions.run(tx -> new JoinOutcome()
                .soughtByPolice(tx, UUID.randomUUID(), 2, UUID.randomUUID(), child, state, found, Instant.parse(at)));
    }

    private void visited(UUID id, String outcome, boolean seen, String at) throws Exception {
        world.transactions.run(tx -> new JoinOutcome()
                .visitCompleted(tx, UUID.randomUUID(), id, 1, null, VisitFinding.of(outcome, seen), Instant.parse(at)));
    }
}
