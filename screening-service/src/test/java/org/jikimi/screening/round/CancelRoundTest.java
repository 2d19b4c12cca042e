package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;

import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.erasure.Erasing;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.round.model.CancelReason;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.model.RoundState;
import org.jikimi.screening.round.model.RoundWork;
import org.jikimi.screening.round.model.Rounds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rounds that are given up, one of them because it can never be screened. */
class CancelRoundTest {
    private static final Instant WHEN_ALL_ARE_GROWN = Instant.parse("2050-10-01T18:00:00Z");

    private World world;
    private RunRound run;

    @BeforeEach
    void threeChildren() throws Exception {
        world = new World();
        run = new RunRound(world);
        SendChildren.send(
                world,
                "children",
                child("A1", "H-1", "2023-05-01") + child("B1", "H-2", "2023-05-02") + child("C1", "H-3", "2022-05-01"));
    }

    private UUID stuck() throws SQLException {
        var id = run.plan(Programme.AGE_THREE_SURVEY, World.TODAY);
        run.open(id);
        world.execute("DELETE FROM round_child WHERE birth_date = '2023-05-02'");
        run.screen(id);
        run.judgeRanges(id);
        run.goOn();
        return id;
    }

    private String erased() throws SQLException {
        new Erasing(world).on(WHEN_ALL_ARE_GROWN);
        return world.query("SELECT count(*) FROM erasure").getFirst();
    }

    @Test
    void aRoundThatCanNeverBeScreenedIsGivenUpAndHoldsUpNoErasureAnyMore() throws Exception {
        var id = stuck();
        assertThat(run.round(id).work()).isEqualTo(RoundWork.SCREENING);
        assertThat(erased()).isEqualTo("0");

        assertThat(run.cancel(id)).isInstanceOf(Ordered.Accepted.class);

        var round = run.round(id);
        assertThat(round.state()).isEqualTo(RoundState.CLOSED);
        assertThat(round.cancelledFor()).isEqualTo(CancelReason.CANNOT_BE_SCREENED);
        assertThat(round.work()).isNull();
        assertThat(erased()).isEqualTo("3");
        assertThat(world.query("SELECT mask || ' ' || birth_date FROM round_child WHERE round_id = '" + id + "'"))
                .as("what it froze tells no more than ages")
                .containsExactlyInAnyOrder("0 2023-10-01", "0 2022-10-01");
    }

    @Test
    void nothingIsJudgedOrTriedAnyMoreOfARoundThatWasGivenUp() throws Exception {
        var id = stuck();

        run.cancel(id);

        assertThat(run.judge(id, 0)).isFalse();
        world.execute("UPDATE due_work SET retry_at = NULL");
        run.goOn();
        assertThat(world.query("SELECT kind FROM due_work WHERE subject = '" + id + "'"))
                .isEmpty();
        assertThat(world.query("SELECT 1 FROM round_range UNION ALL SELECT 2 FROM round_candidate"))
                .isEmpty();
        assertThat(world.query("SELECT id FROM flag")).isEmpty();
        assertThat(run.screen(id)).isInstanceOf(Ordered.Refused.class);
    }

    @Test
    void whoHeardThatTheRoundWasOpenedHearsThatItIsClosedAndThatNobodyWasFlagged() throws Exception {
        run.cancel(run.plan(Programme.AGE_THREE_SURVEY, World.TODAY));
        assertThat(world.query("SELECT type FROM outbox"))
                .as("nobody had heard of it")
                .isEmpty();

        var id = stuck();
        run.cancel(id);

        assertThat(world.query("SELECT convert_from(payload, 'UTF8')::json ->> 'roundId' || ' ' || "
                        + "(convert_from(payload, 'UTF8')::json ->> 'flagged') FROM outbox WHERE type = 'RoundClosed'"))
                .containsExactly(id + " 0");
    }

    @Test
    void aPeriodWhoseRoundWasGivenUpHasNone() throws Exception {
        run.cancel(run.plan(Programme.AGE_THREE_SURVEY, World.TODAY));

        var newest = world.transactions.run(
                tx -> new Rounds().newest(tx, Programme.AGE_THREE_SURVEY, World.TODAY, World.TODAY.plusDays(1)));
        assertThat(newest).isEmpty();
    }

    @Test
    void ofARoundThatIsScreenedAgainOnlyThatIsGivenUp() throws Exception {
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        var flags = world.query("SELECT flag::text FROM flag ORDER BY id");
        run.divide(id);

        assertThat(run.cancel(id)).isInstanceOf(Ordered.Accepted.class);

        var round = run.round(id);
        assertThat(round.work()).isNull();
        assertThat(round.state()).isEqualTo(RoundState.SCREENED);
        assertThat(round.cancelledFor()).isNull();
        assertThat(round.figures()).isEqualTo(new Round.Figures(3, 0, 2, 0, 0));
        assertThat(world.query("SELECT flag::text FROM flag ORDER BY id")).isEqualTo(flags);
        run.screen(id);
        assertThat(run.round(id).work()).isNull();
    }

    @Test
    void aRoundThatHasFlaggedOrHasEndedIsNotGivenUp() throws Exception {
        var id = run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);
        assertThat(run.cancel(id)).isInstanceOf(Ordered.Refused.class);

        run.close(id);

        assertThat(run.cancel(id)).isInstanceOf(Ordered.Refused.class);
    }
}
