package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.MovingEvents.CHILD;
import static org.jikimi.cases.intake.MovingEvents.HOME;
import static org.jikimi.cases.intake.MovingEvents.NEW;
import static org.jikimi.cases.intake.MovingEvents.OLD;
import static org.jikimi.cases.intake.MovingEvents.OTHER_HOME;
import static org.jikimi.cases.intake.MovingEvents.SIBLING;
import static org.jikimi.cases.intake.MovingEvents.flagged;
import static org.jikimi.cases.intake.MovingEvents.moved;
import static org.jikimi.cases.intake.MovingEvents.registered;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.Test;

/** The register says that a child has died or emigrated 사망·국외이주: nobody knocks in vain, and nothing else stops. */
class ChildStatusChangedTest {
    private static final UUID ALIAS = TestWorld.id(5);

    /** Each visit, without its id: what calls for it, and what was found for whom. */
    private static final String VISITS = """
            SELECT concat_ws(' ', state, kind, district_code, household_id, jsonb_path_query_array(children, '$[*].flagIds[*]'),
                jsonb_path_query_array(children, '$[*].result.outcome')) FROM visit ORDER BY 1""";

    /** Who is on the way to whom. */
    private static final String OPEN = """
            SELECT concat_ws(' ', district_code, household_id, jsonb_path_query_array(children, '$[*].flagIds[*]')) FROM visit
            WHERE state IN ('PLANNED', 'ATTEMPTED') ORDER BY 1""";

    private final Hearing hearing = new Hearing();
    private final TestWorld world = hearing.world;
    private final VisitParts visits = hearing.visits;
    private final ReportParts reports = hearing.reports;
    private final InvestigationParts investigations = hearing.investigations;
    private final CaseIntake intake = hearing.intake;

    ChildStatusChangedTest() throws SQLException {}

    @Test
    void theVisitOfAChildWhoDiedIsClosedAndItsFlagHasAnAnswer() throws SQLException {
        handle(flagged(101, CHILD, OLD));

        handle(registered(2, CHILD, "DECEASED"));

        assertThat(world.query("SELECT state FROM visit")).containsExactly("CLOSED");
        assertThat(world.events("VisitCompleted", "state")).containsExactly("CLOSED");
        assertThat(world.events("VisitCompleted", "outcome")).containsExactly("DECEASED");
        assertThat(world.events("VisitCompleted", "flagId"))
                .containsExactly(TestWorld.id(101).toString());
    }

    @Test
    void whereASiblingIsLeftTheVisitGoesOnAndAsksForNoResultOfTheChildWhoDied() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));

        handle(registered(2, CHILD, "DECEASED"));
        assertThat(world.query("SELECT state FROM visit")).containsExactly("PLANNED");
        visits.completed(SIBLING, VisitOutcome.SAFE);

        assertThat(world.query(VISITS)).singleElement().asString().endsWith("[\"DECEASED\", \"SAFE\"]");
        assertThat(world.events("VisitCompleted", "notVisited"))
                .as("so that nobody takes the child for found")
                .containsExactly("true", null);
    }

    @Test
    void whatAnOfficerFoundOfAChildWhoIsDeadInTheRegisterStands() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));

        visits.completed(CHILD, VisitOutcome.SUSPECTED_ABUSE, SIBLING, VisitOutcome.SAFE);

        assertThat(world.events("VisitCompleted", "outcome")).containsExactly("SUSPECTED_ABUSE", "SAFE");
    }

    @Test
    void theVisitIsClosedWithTheLastOfItsChildren() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));

        handle(registered(2, CHILD, "EMIGRATED"));
        handle(registered(2, SIBLING, "EMIGRATED"));

        assertThat(world.query(VISITS))
                .singleElement()
                .asString()
                .startsWith("CLOSED")
                .endsWith("[\"ABROAD\", \"ABROAD\"]");
    }

    @Test
    void whoEmigratedUnseenIsLookedForAgainAtTheBorder() throws SQLException {
        handle(flagged(101, CHILD, OLD));

        handle(registered(2, CHILD, "EMIGRATED"));

        assertThat(world.query("SELECT code FROM legal_clock WHERE state = 'RUNNING'"))
                .containsExactly("ABROAD_REENTRY_CHECK");
    }

    @Test
    void nobodyLooksAnyMoreForAChildWhoDied() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.REFUSED);
        handle(registered(2, CHILD, "EMIGRATED"));
        assertThat(world.query("SELECT state FROM whereabouts_check")).containsExactly("OPEN");

        handle(registered(3, CHILD, "DECEASED"));
        handle(registered(2, SIBLING, "DECEASED"));

        assertThat(world.query("SELECT state FROM whereabouts_check")).containsExactly("CLOSED");
        assertThat(world.query("SELECT code FROM legal_clock WHERE state = 'RUNNING' AND code = 'REFUSED_VISIT_JOINT'"))
                .isEmpty();
    }

    @Test
    void aDeathStopsNoReportNoInvestigationAndNoCase() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        world.run(tx -> investigations.measureFor(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        var work =
                "SELECT 'report ' || state FROM report UNION ALL SELECT 'investigation ' || state FROM investigation "
                        + "UNION ALL SELECT 'case ' || state FROM case_file "
                        + "UNION ALL SELECT 'clock ' || code || state FROM legal_clock ORDER BY 1";
        var before = world.query(work);

        handle(registered(2, CHILD, "DECEASED"));

        assertThat(world.query(work)).isEqualTo(before).contains("report UNDER_INVESTIGATION", "case OPEN");
        assertThat(world.query("SELECT state || ' ' || detail FROM timeline_entry WHERE what = 'ChildStatusChanged'"))
                .containsExactly("DECEASED 2026-11-01");
    }

    @Test
    void aFlagEndsAlikeWhetherItIsHeardBeforeTheDeathOrAfterIt() throws SQLException {
        var orders = new EitherOrder(world.database, VISITS);
        for (var flag : List.of(
                flagged(101, CHILD, OLD), flagged(101, CHILD, OLD, SIBLING), flagged(102, SIBLING, OLD, CHILD))) {
            var ends = orders.afterEveryOrder(
                    List.of(
                            flag,
                            registered(2, CHILD, "DECEASED"),
                            registered(2, SIBLING, "EMIGRATED"),
                            moved(3, CHILD, OLD, NEW, OTHER_HOME)),
                    ReceivedEvent::id,
                    this::settles);

            assertThat(ends.keySet().stream().flatMap(List::stream)).allMatch(visit -> visit.startsWith("CLOSED"));
        }
    }

    @Test
    void aChildWhoLivesAfterAllIsVisitedInWhateverOrderThatIsHeard() throws SQLException {
        var orders = new EitherOrder(world.database, OPEN);

        var ends = orders.afterEveryOrder(
                List.of(
                        flagged(101, CHILD, OLD),
                        registered(2, CHILD, "DECEASED"),
                        registered(3, CHILD, "RESIDENT"),
                        moved(4, CHILD, OLD, NEW, OTHER_HOME)),
                ReceivedEvent::topic,
                this::settles);

        assertThat(ends.keySet()).containsExactly(List.of(NEW + " " + OTHER_HOME + " [\"" + TestWorld.id(101) + "\"]"));
    }

    @Test
    void aSiblingWhoLivesAfterAllIsVisitedWithTheOthersWhoCameBack() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "EMIGRATED"));
        handle(registered(2, SIBLING, "EMIGRATED"));

        handle(registered(3, SIBLING, "RESIDENT"));
        handle(registered(3, CHILD, "RESIDENT"));
        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query("SELECT ordinal || array_to_string(child_ids, ' ') FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("2" + CHILD + " " + SIBLING);
        assertThat(world.query(OPEN)).containsExactly(OLD + " " + HOME + " [\"" + TestWorld.id(101) + "\"]");
    }

    @Test
    void whatIsOlderThanWhatIsKnownIsPassedOver() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(registered(3, CHILD, "RESIDENT"));

        assertThat((Object) handle(registered(2, CHILD, "DECEASED"))).isEqualTo(Outcome.STALE);

        assertThat(world.query("SELECT state FROM visit")).containsExactly("PLANNED");
    }

    @Test
    void anAliasIsDeadWithItsChildAndLivesOnOnceItIsSplitInWhateverOrder() throws SQLException {
        var flag = flagged(101, ALIAS, OLD);
        var died = registered(4, CHILD, "DECEASED");
        var merged = MovingEvents.event(
                CHILD,
                new ChildIdentityMerged(
                        CHILD, 2, "RESIDENT", OLD, ALIAS, 2, TestWorld.DONG, HOME, OLD, TestWorld.DONG, Instant.EPOCH));
        var split = MovingEvents.event(
                CHILD,
                new ChildIdentitySplit(
                        CHILD, 5, "DECEASED", OLD, ALIAS, 3, TestWorld.DONG, HOME, OLD, TestWorld.DONG, Instant.EPOCH));
        var orders = new EitherOrder(world.database, OPEN);

        var together = orders.afterEveryOrder(List.of(flag, died, merged), ReceivedEvent::topic, this::settles);
        var apart = orders.afterEveryOrder(List.of(flag, died, merged, split), ReceivedEvent::topic, this::settles);

        assertThat(together.keySet()).containsExactly(List.of());
        assertThat(apart.keySet()).containsExactly(List.of(OLD + " " + HOME + " [\"" + TestWorld.id(101) + "\"]"));
    }

    @Test
    void whoIsSoughtAlthoughDeadInTheRegisterIsSoughtWhateverElseIsHeard() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(CHILD, VisitOutcome.UNLOCATED, SIBLING, VisitOutcome.SAFE);

        handle(moved(3, CHILD, OLD, NEW, OTHER_HOME));
        handle(flagged(102, SIBLING, OLD, CHILD));

        assertThat(world.query("SELECT state FROM whereabouts_check")).containsExactly("OPEN");
    }

    @Test
    void whomThePoliceLocatedAlthoughDeadInTheRegisterIsVisitedWhateverElseIsHeard() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(CHILD, VisitOutcome.UNLOCATED, SIBLING, VisitOutcome.SAFE);
        visits.located(CHILD);

        handle(moved(3, CHILD, OLD, NEW, OTHER_HOME));

        assertThat(world.query(OPEN)).hasSize(1);
    }

    @Test
    void theRegisterIsBelievedAgainOnceThePoliceHaveFoundTheSame() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        world.clock.passes(Duration.ofHours(1));
        visits.completed(CHILD, VisitOutcome.UNLOCATED, SIBLING, VisitOutcome.SAFE);
        visits.foundDead(CHILD);

        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(SIBLING, VisitOutcome.SAFE);

        assertThat(world.query("SELECT state FROM visit")).containsOnly("COMPLETED");
    }

    @Test
    void theRegisterIsBelievedAgainOnceAnOfficerHasFoundTheSame() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        world.clock.passes(Duration.ofHours(1));
        visits.completed(CHILD, VisitOutcome.REFUSED, SIBLING, VisitOutcome.SAFE);
        visits.completed(CHILD, VisitOutcome.DECEASED);

        visits.planned(VisitParts.flag(TestWorld.id(102), SIBLING, false, 48, CHILD));
        visits.completed(SIBLING, VisitOutcome.SAFE);

        assertThat(world.query("SELECT state FROM visit")).containsOnly("COMPLETED");
    }

    @Test
    void theRegisterIsBelievedAgainOnceItSaysSomethingNew() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(CHILD, VisitOutcome.UNLOCATED, SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "RESIDENT"));
        handle(registered(4, CHILD, "DECEASED"));

        assertThat(world.query("SELECT state FROM whereabouts_check")).containsExactly("CLOSED");
    }

    @Test
    void whoWasTakenForDeadWhenTheSiblingsWereSeenIsVisitedOnceTheRegisterTakesItBack() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "RESIDENT"));
        handle(registered(4, CHILD, "RESIDENT"));

        assertThat(world.query("SELECT ordinal || array_to_string(child_ids, ' ') FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("2" + CHILD);
        assertThat(world.query(OPEN)).containsExactly(OLD + " " + HOME + " [\"" + TestWorld.id(101) + "\"]");
    }

    @Test
    void whomAnOfficerFoundDeadIsNotKnockedForWhenTheRegisterTakesItsOwnWordBack() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(2, CHILD, "DECEASED"));
        visits.completed(CHILD, VisitOutcome.DECEASED, SIBLING, VisitOutcome.SAFE);

        handle(registered(3, CHILD, "RESIDENT"));

        assertThat(world.query(OPEN)).isEmpty();
    }

    @Test
    void theFlagOfAChildWhoLivesAfterAllIsNotLostInAVisitThatNamesTheChildAlready() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(registered(2, CHILD, "DECEASED"));
        handle(flagged(102, SIBLING, OLD, CHILD));

        handle(registered(3, CHILD, "RESIDENT"));

        var both = " [\"" + TestWorld.id(101) + "\", \"" + TestWorld.id(102) + "\"]";
        assertThat(world.query(OPEN)).containsExactly(OLD + " " + HOME + both);
        assertThat(world.events("VisitPlanned", "flagId").getLast())
                .isEqualTo(TestWorld.id(101).toString());
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(intake.handle(event, tx) instanceof Outcome.Early);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.get(tx -> intake.handle(event, tx));
    }
}
