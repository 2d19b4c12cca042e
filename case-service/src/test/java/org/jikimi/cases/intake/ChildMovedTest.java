package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.MovingEvents.CHILD;
import static org.jikimi.cases.intake.MovingEvents.HOME;
import static org.jikimi.cases.intake.MovingEvents.NEW;
import static org.jikimi.cases.intake.MovingEvents.NEWEST;
import static org.jikimi.cases.intake.MovingEvents.OLD;
import static org.jikimi.cases.intake.MovingEvents.OTHER_HOME;
import static org.jikimi.cases.intake.MovingEvents.SIBLING;
import static org.jikimi.cases.intake.MovingEvents.flagged;
import static org.jikimi.cases.intake.MovingEvents.moved;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.investigation.InvestigationParts;
import org.jikimi.cases.report.ReportParts;
import org.jikimi.cases.report.Urgency;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.Test;

/** A child moves, and whoever must act is somebody else from then on. */
class ChildMovedTest {
    private static final String OPEN_WORK = """
            SELECT 'visit ' || district_code || ' ' || dong_code FROM visit
            UNION SELECT 'report ' || district_code FROM report
            UNION SELECT 'investigation ' || district_code FROM investigation
            UNION SELECT 'measure ' || district_code FROM measure
            UNION SELECT 'clock ' || district_code FROM legal_clock WHERE state = 'RUNNING' ORDER BY 1""";
    private static final String PLACES = """
            SELECT concat_ws(' ', 'visit', state, kind, district_code, household_id, children::text) FROM visit
            UNION ALL SELECT concat_ws(' ', 'report', district_code) FROM report
            ORDER BY 1""";

    private final Hearing hearing = new Hearing();
    private final TestWorld world = hearing.world;
    private final VisitParts visits = hearing.visits;
    private final ReportParts reports = hearing.reports;
    private final InvestigationParts investigations = hearing.investigations;
    private final CaseIntake intake = hearing.intake;

    ChildMovedTest() throws SQLException {}

    @Test
    void allOpenWorkFollowsTheChildAndTheVisitKeepsWhatWasTried() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));
        world.run(tx -> investigations.measureFor(tx, reports.by112(tx, CHILD, Urgency.URGENT)));
        var visit = world.query("SELECT id FROM visit");

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query(OPEN_WORK))
                .containsExactly(
                        "clock " + NEW,
                        "investigation " + NEW,
                        "measure " + NEW,
                        "report " + NEW,
                        "visit " + NEW + " " + NEW + "51500");
        assertThat(world.query("SELECT id FROM visit")).isEqualTo(visit);
        assertThat(world.events("VisitPlanned", "districtCode")).containsExactly(OLD, OLD, NEW, NEW);
    }

    @Test
    void theCaseFileFollows() throws SQLException {
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query("SELECT district_code || ' ' || version FROM case_file"))
                .containsExactly(NEW + " 2");
    }

    @Test
    void whatIsOverStaysWhereItWas() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.SAFE, VisitOutcome.SAFE);
        world.run(tx -> investigations.findsAbuse(tx, reports.by112(tx, CHILD, Urgency.URGENT)));

        handle(moved(2, CHILD, OLD, NEW, HOME));

        assertThat(world.query("SELECT district_code FROM visit UNION ALL SELECT district_code FROM report "
                        + "UNION ALL SELECT district_code FROM investigation"))
                .containsExactly(OLD, OLD, OLD);
    }

    @Test
    void workElsewhereThanWhereTheChildLeftStays() throws SQLException {
        world.run(tx -> reports.by112(tx, CHILD, Urgency.URGENT));

        handle(moved(2, CHILD, NEW, NEWEST, HOME));

        assertThat(world.query("SELECT district_code FROM report")).containsExactly(OLD);
    }

    @Test
    void aMoveWithinTheDistrictChangesTheDong() throws SQLException {
        handle(flagged(101, CHILD, OLD));

        handle(moved(2, CHILD, OLD, TestWorld.DONG, OLD, OLD + "62500", HOME));

        assertThat(world.query("SELECT district_code || ' ' || dong_code FROM visit"))
                .containsExactly(OLD + " " + OLD + "62500");
    }

    @Test
    void aChildWhoLeavesTheHouseholdOfAnotherFlaggedChildIsVisitedInTheNewOne() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(flagged(102, SIBLING, OLD, CHILD));

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT district_code || ' ' || household_id || ' ' || jsonb_path_query_array(children, "
                        + "'$[*] ? (exists (@.flagIds[*])).childId') FROM visit ORDER BY 1"))
                .containsExactly(
                        NEW + " " + OTHER_HOME + " [\"" + CHILD + "\"]", OLD + " " + HOME + " [\"" + SIBLING + "\"]");
    }

    @Test
    void aFlagHeardAfterItsChildLeftTheHouseholdEndsAsIfItHadBeenHeardBefore() throws SQLException {
        var left = moved(2, CHILD, OLD, NEW, OTHER_HOME);
        var orders = new EitherOrder(world.database, PLACES);

        for (var flag : List.of(flagged(101, CHILD, OLD), flagged(101, CHILD, OLD, SIBLING))) {
            var flagFirst = orders.after(List.of(flag, left), this::settles);

            assertThat(flagFirst)
                    .anyMatch(line -> line.contains(NEW + " " + OTHER_HOME)
                            && line.contains(TestWorld.id(101).toString()));
            assertThat(orders.after(List.of(left, flag), this::settles)).isEqualTo(flagFirst);
        }
    }

    @Test
    void anOnlyChildTakesItsVisitAlongAndTheHouseholdItLeftCanBeVisitedAgain() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        var visit = world.query("SELECT id FROM visit");

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));
        handle(flagged(102, SIBLING, OLD));

        assertThat(world.query("SELECT id FROM visit WHERE household_id = '" + OTHER_HOME + "'"))
                .isEqualTo(visit);
        assertThat(world.query("SELECT district_code || ' ' || ordinal FROM visit WHERE household_id = '" + HOME + "'"))
                .containsExactly(OLD + " 2");
    }

    @Test
    void whereTheNewHouseholdIsVisitedAlreadyTheChildJoins() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));
        handle(flagged(102, SIBLING, OLD));

        handle(moved(2, CHILD, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT household_id FROM visit v WHERE EXISTS (SELECT 1 FROM visit_flag f "
                        + "WHERE f.visit_id = v.id)"))
                .containsExactly(OTHER_HOME.toString());
    }

    @Test
    void aChildWhomTheOfficerMustSeeWithThePoliceIsSeenWithThemInTheNewHousehold() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.REFUSED, VisitOutcome.REFUSED);
        assertThat(world.query("SELECT kind FROM visit WHERE state = 'PLANNED'"))
                .containsExactly("JOINT_WITH_POLICE");

        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT kind || ' ' || household_id FROM visit WHERE state = 'PLANNED' ORDER BY 1"))
                .containsExactly("JOINT_WITH_POLICE " + HOME, "JOINT_WITH_POLICE " + OTHER_HOME);
    }

    @Test
    void aSiblingWhoLeavesDoesNotTakeTheVisitAlong() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));

        handle(moved(2, SIBLING, OLD, NEW, OTHER_HOME));

        assertThat(world.query("SELECT district_code FROM visit")).containsExactly(OLD);
    }

    @Test
    void theSameMoveInAnotherEventChangesNothing() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        handle(moved(2, CHILD, OLD, NEW, HOME));
        handle(moved(3, CHILD, NEW, OLD, HOME));

        assertThat((Object) handle(moved(2, CHILD, OLD, NEW, HOME))).isEqualTo(Outcome.STALE);

        assertThat(world.query("SELECT district_code FROM visit")).containsExactly(OLD);
        assertThat(world.query("SELECT state || ' ' || detail FROM timeline_entry WHERE what = 'ChildMoved' "
                        + "ORDER BY seq"))
                .containsExactly("RESIDENT " + NEW, "RESIDENT " + OLD);
    }

    @Test
    void aFlagEndsInTheSamePlaceWhereverItComesAmongTheMoves() throws SQLException {
        var first = moved(2, CHILD, OLD, NEW, HOME);
        var second = moved(3, CHILD, NEW, NEWEST, HOME);
        var orders = new EitherOrder(world.database, PLACES);

        for (var district : List.of(OLD, NEW, NEWEST)) {
            var flag = flagged(101, CHILD, district, SIBLING);
            var flagFirst = orders.after(List.of(flag, first, second), this::settles);

            assertThat(flagFirst).singleElement().asString().contains("PLANNED DONG_OFFICER " + NEWEST);
            assertThat(orders.after(List.of(first, flag, second), this::settles))
                    .isEqualTo(flagFirst);
            assertThat(orders.after(List.of(first, second, flag), this::settles))
                    .isEqualTo(flagFirst);
        }
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(intake.handle(event, tx) instanceof Outcome.Early);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.get(tx -> intake.handle(event, tx));
    }
}
