package org.jikimi.screening.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.intake.CityWork.A;
import static org.jikimi.screening.intake.CityWork.ABUSED;
import static org.jikimi.screening.intake.CityWork.B;
import static org.jikimi.screening.intake.CityWork.FIRST_VISIT;
import static org.jikimi.screening.intake.CityWork.REFUSING;
import static org.jikimi.screening.intake.CityWork.SECOND_VISIT;
import static org.jikimi.screening.intake.CityWork.SIGNALS;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.signal.TellWaiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the city's own work found while its indicator had no legal basis, and what becomes of it once it has one. */
class WaitingSignalsTest {
    private static final String DUE = "SELECT kind || ' ' || subject FROM due_work";

    private CityWork city;
    private World world;
    private TellWaiting waiting;

    @BeforeEach
    void twoHouseholds() throws Exception {
        city = new CityWork();
        world = city.world;
        waiting = new TellWaiting(new DueWork(), world.bases, world.transactions, world.times);
    }

    @Test
    void withoutALegalBasisNothingIsStored() throws Exception {
        withdrawTheLegalBases();

        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(SIGNALS)).isEmpty();
    }

    @Test
    void whatWasFoundBeforeItsIndicatorMayBeUsedIsToldOnceItMay() throws Exception {
        withdrawTheLegalBases();
        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        allowedFrom("2026-10-02");
        runAt("2026-10-01T14:59:00Z");
        assertThat(world.query(SIGNALS)).isEmpty();
        runAt("2026-10-01T15:00:00Z"); // midnight in Seoul

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void untilItsIndicatorMayBeUsedNothingIsDoneForOneChild() throws Exception {
        withdrawTheLegalBases();
        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(DUE)).containsExactly("own-signals-waiting all");
    }

    @Test
    void whatWasForgottenBeforeAnybodyWaitedIsToldToo() throws Exception {
        withdrawTheLegalBases();
        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");
        world.execute("DELETE FROM due_work");
        allowedFrom("2026-10-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void whatIsToldIsNotToldEveryDay() throws Exception {
        city.determined(A, 3, "ABUSE", "2026-08-01");
        city.determined(B, 3, "ABUSE", "2026-08-01");
        city.determined(B, 4, "UNFOUNDED", "2026-09-01");
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");

        assertThat(waiting("2026-10-01T15:00:00Z")).isEmpty();
    }

    @Test
    void whatWasDeterminedAnewMeanwhileIsToldAsItStands() throws Exception {
        city.determined(A, 3, "ABUSE", "2026-08-01");
        withdrawTheLegalBases();
        city.determined(A, 4, "ABUSE", "2026-09-01");
        allowedFrom("2026-10-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void whatWasTakenBackAndWasFoundAgainMeanwhileIsToldOnceItMayBe() throws Exception {
        city.refused(FIRST_VISIT, "2026-03-01");
        city.refused(SECOND_VISIT, "2026-09-01");
        city.refused(FIRST_VISIT, "2026-03-02", city.otherHousehold(), A);
        withdrawTheLegalBases();
        city.refused(new UUID(1, 3), "2026-04-01");
        allowedFrom("2026-10-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void whatIsTooOldToCountIsNotWaitedWith() throws Exception {
        withdrawTheLegalBases();
        city.refused(FIRST_VISIT, "2024-03-01");
        city.refused(SECOND_VISIT, "2024-09-01");
        allowedFrom("2026-10-01");

        assertThat(waiting("2026-10-01T15:00:00Z")).isEmpty();
    }

    private void withdrawTheLegalBases() throws Exception {
        for (var code : List.of("PRIOR_ABUSE", "REPEATED_VISIT_REFUSAL")) {
            world.execute("INSERT INTO legal_basis (code, version, recorded_by, recorded_at) VALUES ('" + code
                    + "', 1, 'supervisor', now())");
        }
    }

    private void allowedFrom(String day) throws Exception {
        world.execute("INSERT INTO legal_basis (code, version, article, in_force_on, recorded_by, recorded_at) "
                + "SELECT code, 2, 'Art. 1', '" + day + "', 'supervisor', now() FROM legal_basis");
    }

    /** The pieces for children that a look at this time orders. */
    private List<String> waiting(String instant) throws Exception {
        var now = Instant.parse(instant);
        world.transactions.run(tx -> {
            waiting.handle(tx, "all", now, now);
            return true;
        });
        return world.query("SELECT subject FROM due_work WHERE kind = 'own-signals'");
    }

    private void runAt(String instant) throws Exception {
        waiting(instant);
        new DueRunner(world.transactions, new Times(() -> Instant.parse(instant)), List.of(city.own, waiting)).runDue();
    }
}
