package org.jikimi.screening.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.intake.CityWork.A;
import static org.jikimi.screening.intake.CityWork.ABUSED;
import static org.jikimi.screening.intake.CityWork.B;
import static org.jikimi.screening.intake.CityWork.C;
import static org.jikimi.screening.intake.CityWork.FIRST_VISIT;
import static org.jikimi.screening.intake.CityWork.INVESTIGATION;
import static org.jikimi.screening.intake.CityWork.REFUSING;
import static org.jikimi.screening.intake.CityWork.SECOND_VISIT;
import static org.jikimi.screening.intake.CityWork.SIGNALS;
import static org.jikimi.screening.signal.SendSignals.signal;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.screening.World;
import org.jikimi.screening.signal.SendSignals;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the city's own work finds counts as what agencies send: a household of A and B, and C of another. */
class OwnSignalsTest {
    private CityWork city;
    private World world;

    @BeforeEach
    void twoHouseholds() throws Exception {
        city = new CityWork();
        world = city.world;
    }

    @Test
    void aSecondRefusedVisitOfAHouseholdIsASignalOfAllItsChildren() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(REFUSING)).containsExactly(A, B);
        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void aRefusalByTheOutcomeOfAVisitIsOneToo() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.hear(
                VisitCompleted.class,
                A,
                Map.of(
                        "visitId",
                        SECOND_VISIT.toString(),
                        "outcome",
                        "REFUSED",
                        "householdId",
                        city.household(),
                        "completedAt",
                        "2026-09-01T01:00:00Z"));

        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void inWhateverOrderRefusalsAreHeardTheyEndAlike() throws Exception {
        city.refused(SECOND_VISIT, "2026-09-01");
        city.refused(FIRST_VISIT, "2026-03-01");

        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void aRefusalThatIsHeardAgainOrOfTheSameVisitIsNoSecondOne() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(FIRST_VISIT, "2026-03-15");

        assertThat(world.query(SIGNALS)).isEmpty();
    }

    @Test
    void aRefusalAYearAfterTheLastIsAFirstOne() throws Exception {
        city.refused(FIRST_VISIT, "2025-09-01");
        city.refused(SECOND_VISIT, "2026-09-01");
        assertThat(world.query(SIGNALS)).isEmpty();

        city.refused(new UUID(1, 3), "2025-09-02");

        assertThat(world.query(SIGNALS))
                .containsExactly("jikimi/case-service 2025-09-02", "jikimi/case-service 2026-09-01");
    }

    @Test
    void aRefusalThatProvesToBeAYearAfterTheOneBeforeIsTakenBack() throws Exception {
        city.refused(FIRST_VISIT, "2025-09-01");
        city.refused(SECOND_VISIT, "2026-08-31");
        assertThat(world.query(REFUSING)).containsExactly(A, B);

        city.refused(SECOND_VISIT, "2026-09-02");

        assertThat(world.query(REFUSING)).isEmpty();
        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-08-31 2026-09-02");
        city.refused(new UUID(1, 3), "2025-09-20");
        assertThat(world.query(SIGNALS))
                .as("one that is heard later stands between the two")
                .contains("jikimi/case-service 2026-09-02");
        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void aRefusalThatProvesToBeAnotherHouseholdsIsTakenBack() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        city.refused(SECOND_VISIT, "2026-09-02", city.otherHousehold(), A);

        assertThat(world.query(REFUSING)).isEmpty();
    }

    @Test
    void aRefusalThatAnotherChildsOneCountedByIsTakenBackWithTheHousehold() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01", city.household(), B);
        assertThat(world.query(REFUSING)).containsExactly(A, B);

        city.refused(FIRST_VISIT, "2026-03-02", city.otherHousehold(), A);

        assertThat(world.query(REFUSING)).isEmpty();
    }

    @Test
    void aRefusalThatCountedByAnothersIsTakenBackThoughItIsTheOnlyOneOfItsChild() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01", city.household(), B);
        city.refused(SECOND_VISIT, "2026-09-01");
        assertThat(world.query(REFUSING)).containsExactly(A, B);

        city.refused(SECOND_VISIT, "2026-09-02", city.otherHousehold(), A);

        assertThat(world.query(REFUSING)).isEmpty();
    }

    @Test
    void whatTheHouseholdRefusedWhereAChildLivedBeforeIsNotSaidOfTheNextOne() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        world.execute("UPDATE child SET household_id = (SELECT household_id FROM child WHERE birth_date = '" + C
                + "') WHERE birth_date = '" + A + "'");

        city.refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(REFUSING)).isEmpty();
    }

    @Test
    void determinedAbuseIsPriorAbuseAndOneBitBesideWhatAnAgencySaysOfIt() throws Exception {
        SendSignals.send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "A", "2026-01-01"));

        city.determined(A, 3, "ABUSE", "2026-09-01");
        city.determined(A, 3, "ABUSE", "2026-09-01");
        city.determined(B, 3, "GENERAL_CASE", "2026-09-01");

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query(SIGNALS))
                .containsExactly("child-protection 2026-01-01", "jikimi/case-service 2026-09-01");
        assertThat(world.query("SELECT observed FROM child_state WHERE mask <> 0"))
                .containsExactly("{9740}"); // one day alone: that of the latest, 2026-09-01
    }

    @Test
    void aDeterminationThatAnotherReplacesIsCleared() throws Exception {
        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.determined(A, 4, "UNFOUNDED", "2026-09-01");
        city.determined(A, 3, "ABUSE", "2026-08-01");

        assertThat(world.query(ABUSED)).isEmpty();
        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-08-01 2026-09-01");
    }

    @Test
    void aRefusalIsOfTheHouseholdThatRefusedLastWhateverIsHeardLast() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");
        city.refused(SECOND_VISIT, "2026-08-01", city.otherHousehold(), A);

        assertThat(world.query("SELECT household_id FROM concern WHERE ref = '" + SECOND_VISIT + "'"))
                .containsExactly(city.household());
    }

    @Test
    void theIntakeWaitsForNoDueWorkOfTheSameChild() throws Exception {
        for (int heard = 0; heard < 2; heard++) {
            var child = world.query("SELECT id FROM child WHERE birth_date = '" + A + "'")
                    .getFirst();
            city.inbox.receive(List.of(city.event(AbuseDetermined.class, child, Map.of("version", heard + 1))));
        }

        assertThat(world.query("SELECT subject FROM due_work")).hasSize(2);
    }

    @Test
    void noAgencyCanTakeBackWhatWasFoundHere() throws Exception {
        city.determined(A, 3, "ABUSE", "2026-09-01");

        SendSignals.send(
                world,
                "case-service",
                "f",
                signal("determination/" + INVESTIGATION, "REPEATED_VISIT_REFUSAL", "HOUSEHOLD", "H-2", "2026-09-02"));

        assertThat(world.query(ABUSED)).containsExactly(A);
    }

    @Test
    void ourOwnFindingFlagsNobodyAndIsToldToNobodyNorIsItsSourceExpectedToDeliver() throws Exception {
        for (var said : List.of(
                "power-utility POWER_CUTOFF",
                "police DOMESTIC_VIOLENCE_DISPATCH",
                "health-insurance CAREGIVER_ALCOHOL",
                "justice CAREGIVER_INCARCERATION")) {
            var parts = said.split(" ", -1);
            SendSignals.send(world, parts[0], "s", signal("S", parts[1], "HOUSEHOLD", "H-1", "2026-09-01"));
        }

        city.determined(A, 3, "ABUSE", "2026-09-01"); // 57 points become 82, and 70 are urgent

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query("SELECT type FROM outbox")).isEmpty();
        assertThat(world.query("SELECT 1 FROM flag")).isEmpty();
        assertThat(world.query("SELECT source FROM source_day WHERE source LIKE '%case-service'"))
                .isEmpty();
        SendSignals.send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "B", "2026-09-01"));
        assertThat(world.query("SELECT c.birth_date FROM flag f JOIN child c ON c.id = f.child_id"))
                .as("what an agency sends does")
                .containsExactly(B);
    }
}
