package org.jikimi.cases.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.cases.intake.MovingEvents.CHILD;
import static org.jikimi.cases.intake.MovingEvents.HOME;
import static org.jikimi.cases.intake.MovingEvents.NEW;
import static org.jikimi.cases.intake.MovingEvents.OLD;
import static org.jikimi.cases.intake.MovingEvents.OTHER_HOME;
import static org.jikimi.cases.intake.MovingEvents.SIBLING;
import static org.jikimi.cases.intake.MovingEvents.flagged;
import static org.jikimi.cases.intake.MovingEvents.flaggedAt;
import static org.jikimi.cases.intake.MovingEvents.merged;
import static org.jikimi.cases.intake.MovingEvents.moved;
import static org.jikimi.cases.intake.MovingEvents.registered;
import static org.jikimi.cases.intake.MovingEvents.split;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.visit.VisitOutcome;
import org.jikimi.cases.visit.VisitParts;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child who is sought is found under another id, which proves not to be its own: then nobody has found it. */
class FoundUnderAnotherIdTest {
    private static final UUID ALIAS = TestWorld.id(5);
    private static final UUID OTHER_ALIAS = TestWorld.id(6);
    private static final String SOUGHT = "SELECT child_id FROM whereabouts_check WHERE state = 'OPEN' "
            + "UNION ALL SELECT child_id FROM legal_clock WHERE state = 'RUNNING'";

    private static final String OPEN = "SELECT array_to_string(child_ids, ' ') FROM visit WHERE state = 'PLANNED'";

    private TestWorld world;
    private VisitParts visits;
    private CaseIntake intake;

    @BeforeEach
    void start() throws SQLException {
        var hearing = new Hearing();
        world = hearing.world;
        visits = hearing.visits;
        intake = hearing.intake;
    }

    @Test
    void theChildIsSoughtAgainOnceTheTwoAreSplit() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            for (var found : List.of(VisitOutcome.SAFE, VisitOutcome.DECEASED)) {
                start();
                visits.visited(CHILD, SIBLING, missed, VisitOutcome.SAFE);
                handle(merged(ALIAS, 2, OLD, HOME));
                found(ALIAS, 102, found);
                assertThat(world.query(SOUGHT)).isEmpty();

                handle(split(ALIAS, 3, OLD));

                assertThat(world.query(SOUGHT)).as("%s %s", missed, found).containsExactly(CHILD.toString());
            }
        }
    }

    @Test
    void soIsTheAliasIfItWasTheChildWhoWasFound() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            start();
            visits.visited(ALIAS, SIBLING, missed, VisitOutcome.SAFE);
            handle(merged(ALIAS, 2, OLD, HOME));
            found(CHILD, 102, VisitOutcome.SAFE);
            assertThat(world.query(SOUGHT)).isEmpty();

            handle(split(ALIAS, 3, OLD));

            assertThat(world.query(SOUGHT)).as("%s", missed).containsExactly(ALIAS.toString());
        }
    }

    @Test
    void thePoliceAreToldThatTheyLookForTheChildAgain() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        handle(merged(ALIAS, 2, OLD, HOME));
        found(ALIAS, 102, VisitOutcome.SAFE);

        handle(split(ALIAS, 3, OLD));

        assertThat(world.events("ChildUnlocated", "state")).containsExactly("OPEN", "LOCATED", "OPEN");
    }

    @Test
    void theVisitThatIsStillToBeMadeHasItsClockBack() throws SQLException {
        handle(flagged(101, CHILD, OLD));
        world.run(tx -> visits.refuse(tx, CHILD));
        world.run(tx -> visits.refuse(tx, CHILD));
        handle(merged(ALIAS, 2, OLD, OTHER_HOME));
        handle(flaggedAt(102, ALIAS, OLD, OTHER_HOME, List.of()));
        world.clock.passes(Duration.ofHours(1));
        visits.completed(ALIAS, VisitOutcome.SAFE);
        assertThat(world.query(SOUGHT)).isEmpty();

        handle(split(ALIAS, 3, OLD));

        assertThat(world.query(SOUGHT)).containsExactly(CHILD.toString());
    }

    @Test
    void whoWasSeenItselfOrUnderAnIdThatStaysIsNotSoughtAgain() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            for (var since : List.of(CHILD, OTHER_ALIAS)) {
                start();
                visits.visited(CHILD, SIBLING, missed, VisitOutcome.SAFE);
                handle(merged(ALIAS, 2, OLD, HOME));
                handle(merged(OTHER_ALIAS, 2, OLD, HOME));
                found(ALIAS, 102, VisitOutcome.SAFE);
                found(since, 103, VisitOutcome.SAFE);

                handle(split(ALIAS, 3, OLD));
                assertThat(world.query(SOUGHT)).as("%s %s", missed, since).isEmpty();

                handle(split(OTHER_ALIAS, 3, OLD));
                assertThat(world.query(SOUGHT)).hasSize(since.equals(CHILD) ? 0 : 1);
            }
        }
    }

    @Test
    void whoHasDiedMeanwhileIsSoughtOnceTheRegisterTakesThatBack() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            start();
            visits.visited(CHILD, SIBLING, missed, VisitOutcome.SAFE);
            handle(merged(ALIAS, 2, OLD, HOME));
            found(ALIAS, 102, VisitOutcome.SAFE);
            handle(registered(4, CHILD, "DECEASED"));

            handle(split(ALIAS, 3, OLD));
            assertThat(world.query(SOUGHT)).isEmpty();
            handle(registered(5, CHILD, "RESIDENT"));

            assertThat(world.query(SOUGHT)).containsExactly(CHILD.toString());
        }
    }

    @Test
    void theSearchIsWhereTheChildWentMeanwhile() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        handle(merged(ALIAS, 2, OLD, HOME));
        found(ALIAS, 102, VisitOutcome.SAFE);
        handle(moved(4, CHILD, OLD, NEW, OTHER_HOME));

        handle(split(ALIAS, 3, OLD));

        assertThat(world.query("SELECT state || district_code FROM whereabouts_check"))
                .containsExactly("OPEN" + NEW);
    }

    @Test
    void whoWasSeenUnderTheIdThatSurvivesIsNotSoughtForTheDeathThatWasTheAliasAlone() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            start();
            visits.visited(ALIAS, SIBLING, missed, VisitOutcome.SAFE);
            handle(registered(2, ALIAS, "DECEASED"));
            found(CHILD, 102, VisitOutcome.SAFE);

            handle(merged(ALIAS, 3, OLD, HOME));
            assertThat(world.query(SOUGHT)).as("%s", missed).isEmpty();
            handle(split(ALIAS, 4, OLD));
            handle(registered(5, ALIAS, "RESIDENT"));

            assertThat(world.query(SOUGHT)).containsExactly(ALIAS.toString());
        }
    }

    @Test
    void whatWasFoundOfTheChildItselfAfterItsAliasStandsOnceTheTwoAreSplit() throws SQLException {
        handle(registered(4, CHILD, "DECEASED"));
        handle(merged(ALIAS, 2, OLD, OTHER_HOME));
        handle(flaggedAt(102, ALIAS, OLD, OTHER_HOME, List.of(SIBLING)));
        handle(flagged(101, CHILD, OLD, OTHER_ALIAS));
        visits.completed(ALIAS, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);
        visits.completed(CHILD, VisitOutcome.UNLOCATED, OTHER_ALIAS, VisitOutcome.SAFE);
        assertThat(world.query(SOUGHT)).containsExactly(CHILD.toString());

        handle(split(ALIAS, 3, OLD));

        assertThat(world.query(SOUGHT)).containsExactly(CHILD.toString());
    }

    @Test
    void whatWasFoundOfTheChildItselfIsBelievedAgainOnceTheAliasWhoWasFoundDeadIsSplit() throws SQLException {
        handle(registered(4, CHILD, "DECEASED"));
        handle(flagged(101, CHILD, OLD, SIBLING));
        visits.completed(CHILD, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);
        handle(merged(ALIAS, 2, OLD, OTHER_HOME));
        handle(flaggedAt(102, ALIAS, OLD, OTHER_HOME, List.of(OTHER_ALIAS)));
        visits.completed(ALIAS, VisitOutcome.DECEASED, OTHER_ALIAS, VisitOutcome.SAFE);
        handle(flagged(103, CHILD, OLD));
        assertThat(world.query(OPEN)).isEmpty();

        handle(split(ALIAS, 3, OLD));
        handle(flagged(104, CHILD, OLD));

        assertThat(world.query(OPEN)).containsExactly(CHILD.toString());
    }

    @Test
    void aDeathOfWhichTwoAliasesWereFoundStandsAsLongAsOneOfThemIsLeft() throws SQLException {
        handle(registered(4, CHILD, "DECEASED"));
        handle(flagged(101, CHILD, OLD, SIBLING));
        visits.completed(CHILD, VisitOutcome.SAFE, SIBLING, VisitOutcome.SAFE);
        twoAliasesAreFound(VisitOutcome.DECEASED);

        handle(split(ALIAS, 3, OLD));
        handle(flagged(104, CHILD, OLD));
        assertThat(world.query(OPEN)).isEmpty();
        handle(split(OTHER_ALIAS, 3, OLD));
        handle(flagged(105, CHILD, OLD));

        assertThat(world.query(OPEN)).containsExactly(CHILD.toString());
    }

    @Test
    void soDoesWhatSpeaksAgainstIt() throws SQLException {
        handle(registered(4, CHILD, "DECEASED"));
        twoAliasesAreFound(VisitOutcome.SAFE);

        handle(split(ALIAS, 3, OLD));
        handle(flagged(104, CHILD, OLD));
        assertThat(world.query(OPEN)).containsExactly(CHILD.toString());
        handle(split(OTHER_ALIAS, 3, OLD));

        assertThat(world.query(OPEN)).isEmpty();
    }

    private void twoAliasesAreFound(VisitOutcome outcome) throws SQLException {
        handle(merged(ALIAS, 2, OLD, OTHER_HOME));
        handle(merged(OTHER_ALIAS, 2, OLD, OTHER_HOME));
        for (var alias : List.of(ALIAS, OTHER_ALIAS)) {
            int number = alias.equals(ALIAS) ? 102 : 103;
            var neighbour = TestWorld.id(number + 100);
            world.clock.passes(Duration.ofHours(1));
            handle(flaggedAt(number, alias, OLD, OTHER_HOME, List.of(neighbour)));
            visits.completed(alias, outcome, neighbour, VisitOutcome.SAFE);
        }
    }

    @Test
    void whoWasFoundUnderTheOtherIdBeforeTheyWereMergedIsSoughtNoMoreUntilTheyAreSplit() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            for (var found : List.of(VisitOutcome.SAFE, VisitOutcome.DECEASED)) {
                for (var sought : List.of(CHILD, ALIAS)) {
                    start();
                    visits.visited(sought, SIBLING, missed, VisitOutcome.SAFE);
                    found(sought.equals(CHILD) ? ALIAS : CHILD, 102, found);
                    assertThat(world.query(SOUGHT)).containsExactly(sought.toString());

                    handle(merged(ALIAS, 2, OLD, HOME));
                    assertThat(world.query(SOUGHT)).as("%s %s", missed, found).isEmpty();
                    handle(split(ALIAS, 3, OLD));

                    assertThat(world.query(SOUGHT)).as("%s %s", missed, found).containsExactly(sought.toString());
                }
            }
        }
    }

    @Test
    void thePoliceAreToldOfThatAsOfAnyOtherFinding() throws SQLException {
        visits.visited(CHILD, SIBLING, VisitOutcome.UNLOCATED, VisitOutcome.SAFE);
        found(ALIAS, 102, VisitOutcome.SAFE);
        var at = world.times.now();
        world.clock.passes(Duration.ofHours(1));

        handle(merged(ALIAS, 2, OLD, HOME));
        handle(split(ALIAS, 3, OLD));

        assertThat(world.events("ChildUnlocated", "state")).containsExactly("OPEN", "LOCATED", "OPEN");
        assertThat(world.events("ChildUnlocated", "answeredAt").get(1)).isEqualTo(at.toString());
    }

    @Test
    void whoWasMissedAfterThatIsSoughtOn() throws SQLException {
        for (var missed : List.of(VisitOutcome.UNLOCATED, VisitOutcome.ABROAD)) {
            start();
            found(ALIAS, 102, VisitOutcome.SAFE);
            world.clock.passes(Duration.ofHours(1));
            visits.visited(CHILD, SIBLING, missed, VisitOutcome.SAFE);

            handle(merged(ALIAS, 2, OLD, HOME));

            assertThat(world.query(SOUGHT)).as("%s", missed).containsExactly(CHILD.toString());
        }
    }

    @Test
    void theAliasOfAChildOfWhoseDeathSomebodyFoundOtherwiseIsSoughtOn() throws SQLException {
        handle(flagged(101, CHILD, OLD, SIBLING));
        handle(registered(4, CHILD, "DECEASED"));
        visits.completed(CHILD, VisitOutcome.UNLOCATED, SIBLING, VisitOutcome.SAFE);
        found(ALIAS, 102, VisitOutcome.ABROAD);

        handle(merged(ALIAS, 2, OLD, HOME));

        assertThat(world.query(SOUGHT)).containsExactly(CHILD.toString(), ALIAS.toString());
    }

    /** Somebody goes to a child an hour later. */
    private void found(UUID child, int flag, VisitOutcome outcome) throws SQLException {
        world.clock.passes(Duration.ofHours(1));
        visits.planned(VisitParts.flag(TestWorld.id(flag), child, false, 48));
        visits.completed(child, outcome);
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.get(tx -> intake.handle(event, tx));
    }
}
