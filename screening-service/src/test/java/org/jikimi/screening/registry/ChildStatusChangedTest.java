package org.jikimi.screening.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.registry.SendChildren.with;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.screening.World;
import org.jikimi.screening.batch.Reception;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.outcome.VisitFinding;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the register says of deaths and emigration 사망·국외이주 is told where it changes, so that nobody knocks in vain. */
class ChildStatusChangedTest {
    private World world;

    @BeforeEach
    void start() throws Exception {
        world = new World();
        SendChildren.send(world, "before", child("A1", "H-1", "2015-05-01") + child("A2", "H-1", "2017-05-01"));
    }

    @Test
    void aDeathIsToldOfWithItsDayAndTheNextVersionOfTheChild() throws Exception {
        SendChildren.send(
                world,
                "after",
                with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20") + child("A2", "H-1", "2017-05-01"));

        assertThat(told("concat_ws(' ', data ->> 'version', data ->> 'state', data ->> 'statusOn', "
                        + "data ->> 'districtCode', data ->> 'openWork')"))
                .containsExactly("2 DECEASED 2026-09-20 11350 false");
        assertThat(told("key")).isEqualTo(world.query("SELECT id FROM child WHERE status = 'DECEASED'"));
    }

    @Test
    void whetherSomebodyWorksForTheChildIsToldToo() throws Exception {
        world.execute(
                "INSERT INTO open_work SELECT id, 'VISIT', id, 1, true FROM child WHERE birth_date = '2015-05-01'");

        SendChildren.send(world, "after", with(child("A1", "H-1", "2015-05-01"), "EMIGRATED", "2026-09-20"));

        assertThat(told("(data ->> 'state') || ' ' || (data ->> 'openWork')")).containsExactly("EMIGRATED true");
    }

    @Test
    void whomAVisitDidNotReachIsSoughtNoMoreWhenTheRegisterTellsOfTheDeath() throws Exception {
        notReached("2026-09-01T00:00:00Z");

        SendChildren.send(world, "gone", with(child("A1", "H-1", "2015-05-01"), "EMIGRATED", "2026-09-20"));
        assertThat(world.query("SELECT open FROM open_work")).containsExactly("t");
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));

        assertThat(world.query("SELECT open FROM open_work")).containsExactly("f");
        assertThat(told("(data ->> 'state') || ' ' || (data ->> 'openWork')"))
                .as("somebody worked for the child until then")
                .containsExactly("EMIGRATED true", "DECEASED true");
    }

    @Test
    void whomAVisitDidNotReachIsSoughtAgainWhenTheRegisterTakesTheDeathBack() throws Exception {
        notReached("2026-09-01T00:00:00Z");
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));
        assertThat(world.query("SELECT open FROM open_work")).containsExactly("f");

        SendChildren.send(world, "right", child("A1", "H-1", "2015-05-01"));

        assertThat(world.query("SELECT open FROM open_work")).containsExactly("t");
        assertThat(told("(data ->> 'state') || ' ' || (data ->> 'openWork')"))
                .containsExactly("DECEASED true", "RESIDENT true");
    }

    @Test
    void whoWasSeenMeanwhileIsNotSoughtWhenTheRegisterTakesTheDeathBack() throws Exception {
        notReached("2026-09-01T00:00:00Z");
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));
        world.execute("INSERT INTO visit_result (visit_id, child_id, version, outcome, seen, completed_at) "
                + "SELECT gen_random_uuid(), child_id, 1, 'SAFE', true, '2026-09-25T00:00:00Z' FROM open_work");

        SendChildren.send(world, "right", child("A1", "H-1", "2015-05-01"));

        assertThat(world.query("SELECT open FROM open_work")).containsExactly("f");
    }

    @Test
    @Timeout(60)
    void aVisitThatIsHeardWhileTheDeathIsKeptBeginsNoSearch() throws Exception {
        var id = UUID.fromString(world.query("SELECT id FROM child WHERE birth_date = '2015-05-01'")
                .getFirst());
        var died = with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20");
        var waits = "SELECT 1 FROM pg_locks JOIN pg_database d ON d.oid = database "
                + "WHERE NOT granted AND locktype = 'advisory' AND datname = current_database()";

        var sending = world.transactions.run(tx -> {
            KeyLocks.lock(tx, List.of(id.toString())); // as the inbox does
            notReached(tx, id);
            var sent = CompletableFuture.supplyAsync(() -> send(died));
            await().until(() -> sent.isDone() || !world.query(waits).isEmpty());
            return sent;
        });
        sending.get(30, TimeUnit.SECONDS);

        assertThat(world.query("SELECT open FROM open_work")).containsExactly("f");
    }

    @Test
    void whoWasNotReachedBeforeADeathThatIsToldWhenNobodySoughtTheChildIsNotSoughtEither() throws Exception {
        SendChildren.send(world, "dead", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));
        var dead = UUID.fromString(
                world.query("SELECT id FROM child WHERE status = 'DECEASED'").getFirst());

        world.transactions.run(tx -> notReached(tx, dead));

        assertThat(world.query("SELECT open FROM open_work")).containsExactly("f");
    }

    @Test
    void aMistakeThatIsPutRightIsToldAsWell() throws Exception {
        SendChildren.send(world, "wrong", with(child("A1", "H-1", "2015-05-01"), "DECEASED", "2026-09-20"));

        SendChildren.send(world, "right", child("A1", "H-1", "2015-05-01"));

        assertThat(told("(data ->> 'version') || ' ' || (data ->> 'state')"))
                .containsExactly("2 DECEASED", "3 RESIDENT");
    }

    @Test
    void whoHasDiedByTheFirstLineOfAllIsToldOfToo() throws Exception {
        SendChildren.send(
                world,
                "after",
                with(child("A3", "H-1", "2018-05-01"), "DECEASED", "2026-09-20") + child("A4", "H-1", "2019-05-01"));

        assertThat(told("concat_ws(' ', data ->> 'version', data ->> 'state', data ->> 'openWork')"))
                .containsExactly("1 DECEASED false");
        assertThat(told("key")).isEqualTo(world.query("SELECT id FROM child WHERE birth_date = '2018-05-01'"));
    }

    @Test
    void whatElseChangesOfAChildIsNot() throws Exception {
        SendChildren.send(world, "after", child("A1", "H-2", "2015-05-01", "SINGLE_PARENT", World.DONG, "SCHOOL"));

        assertThat(told("key")).isEmpty();
    }

    private static boolean notReached(Connection tx, UUID child) throws SQLException {
        return new JoinOutcome()
                .visitCompleted(
                        tx,
                        UUID.randomUUID(),
                        child,
                        1,
                        null,
                        VisitFinding.of("REFUSED", false),
                        Instant.parse("2026-09-01T00:00:00Z"));
    }

    private Reception send(String line) {
        try {
            return SendChildren.send(world, "meanwhile", line);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A visit of the first child found it abroad. */
    private void notReached(String at) throws Exception {
        world.execute(
                "INSERT INTO open_work SELECT id, 'VISIT', id, 1, true FROM child WHERE birth_date = '2015-05-01'");
        world.execute("INSERT INTO visit_result (visit_id, child_id, version, outcome, seen, completed_at) "
                + "SELECT ref, child_id, 1, 'ABROAD', false, '" + at + "' FROM open_work");
    }

    private List<String> told(String what) throws Exception {
        return world.query("SELECT " + what + " FROM (SELECT seq, key, convert_from(payload, 'UTF8')::jsonb AS data "
                + "FROM outbox WHERE type = 'ChildStatusChanged') AS told ORDER BY seq");
    }
}
