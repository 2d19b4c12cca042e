package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.Hearing.ALIAS;
import static org.jikimi.cases.intake.Hearing.AT;
import static org.jikimi.cases.intake.Hearing.CHILD;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.report.Urgency;
import org.jikimi.contracts.screening.v1.ChildErased;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is heard of an erased child, or of who was taken for it, before the erasure or after. */
class ErasedChildOrderTest {
    private Hearing hearing;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
    }

    @Test
    void whateverElseIsHeardOfTheChildBeforeOrAfterLeavesNothingBehind() throws SQLException {
        var orders = new EitherOrder(
                hearing.world.database,
                "SELECT child_id::text FROM child_move UNION ALL "
                        + "SELECT alias_id::text FROM child_alias UNION ALL SELECT child_id::text FROM timeline_entry");
        var moved = hearing.event(new ChildMoved(
                CHILD,
                2,
                "RESIDENT",
                "11110",
                "1111051500",
                TestWorld.DISTRICT,
                TestWorld.DONG,
                TestWorld.id(900),
                true,
                AT));
        var merged = hearing.event(new ChildIdentityMerged(
                CHILD, 3, "RESIDENT", TestWorld.DISTRICT, ALIAS, 2, null, null, null, null, AT));
        var erased = hearing.event(Hearing.erased(List.of(ALIAS)));

        assertThat(orders.after(List.of(moved, merged, erased), hearing::settles))
                .isEmpty();
        assertThat(orders.after(List.of(erased, moved, merged), hearing::settles))
                .isEmpty();
        assertThat(orders.after(List.of(moved, erased, merged), hearing::settles))
                .isEmpty();
    }

    /** The survivor moved, was told from the alias again, and was erased; the alias lives, and there is work for it. */
    @Test
    void whoeverWasAnAliasOfTheChildAndLivesGoesHomeInWhateverOrderThatIsHeard() throws SQLException {
        hearing.world.run(tx -> hearing.reports.by112(tx, ALIAS, Urgency.URGENT));
        hearing.execute("UPDATE report SET district_code = '11680', dong_code = '1168051500'");
        var ends = new EitherOrder(hearing.world.database, """
                SELECT district_code || ' ' || dong_code FROM report
                UNION ALL SELECT a::text FROM child_alias a
                UNION ALL SELECT 'of the child: ' || child_id FROM timeline_entry WHERE child_id = '%1$s'
                UNION ALL SELECT 'of the child: ' || child_id FROM child_move WHERE child_id = '%1$s' OR by_merge
                """.formatted(CHILD))
                .afterEveryOrder(
                        List.of(
                                hearing.event(Hearing.merged(2)),
                                hearing.event(new ChildMoved(
                                        CHILD,
                                        5,
                                        "RESIDENT",
                                        "11110",
                                        "1111051500",
                                        TestWorld.DISTRICT,
                                        TestWorld.DONG,
                                        TestWorld.id(902),
                                        true,
                                        AT)),
                                hearing.event(Hearing.split(3)),
                                hearing.event(Hearing.erased(List.of()))),
                        ReceivedEvent::id,
                        hearing::settles);

        assertThat(ends.keySet()).containsExactly(List.of("11680 1168051500", "(" + ALIAS + "," + ALIAS + ",3,f)"));
    }

    @Test
    void aSplitThatWaitsBehindAFailedEventOfTheErasedChildIsHeardOfTheOneWhoLives() throws SQLException {
        hearing.receive(Hearing.merged(2));
        hearing.receive(Hearing.strange(3));
        hearing.receive(Hearing.split(3));
        assertThat(hearing.world.query("SELECT reason FROM inbox_parked ORDER BY seq"))
                .containsExactly("FAILED", "BEHIND");

        hearing.receive(Hearing.erased(List.of()));

        assertThat(hearing.world.query("SELECT reason FROM inbox_parked")).isEmpty();
        assertThat(hearing.world.query("SELECT version || ' ' || active FROM child_alias"))
                .containsExactly("3 false");
        assertThat(hearing.traces(CHILD)).isEmpty();
    }

    @Test
    void anAliasThatWasSplitAndErasedLeavesNothingBehindInTheNameOfTheOther() throws SQLException {
        var orders = new EitherOrder(
                hearing.world.database,
                "SELECT alias_id::text FROM child_alias UNION ALL SELECT child_id::text FROM child_move");
        var erased = hearing.event(new ChildErased(ALIAS, 4, "ERASED", List.of(), AT, AT.plus(Duration.ofDays(35))));

        assertThat(orders.afterEveryOrder(
                                List.of(hearing.event(Hearing.merged(2)), hearing.event(Hearing.split(3)), erased),
                                ReceivedEvent::id,
                                hearing::settles)
                        .keySet())
                .containsExactly(List.of());
    }

    @Test
    void aFailedEventOfTheChildNeitherHoldsTheErasureUpNorOutlivesIt() throws SQLException {
        hearing.receive(Hearing.strange(2));
        assertThat(hearing.world.query("SELECT reason FROM inbox_parked")).containsExactly("FAILED");

        hearing.receive(Hearing.erased(List.of()));

        assertThat(hearing.world.query("SELECT reason FROM inbox_parked")).isEmpty();
        assertThat(hearing.world.events("CaseDataErased")).hasSize(1);
    }
}
