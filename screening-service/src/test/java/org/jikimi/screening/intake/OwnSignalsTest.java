package org.jikimi.screening.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jikimi.screening.registry.SendChildren.child;
import static org.jikimi.screening.signal.SendSignals.signal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.contracts.cases.v1.VisitCompleted;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.OwnSignals;
import org.jikimi.screening.signal.SendSignals;
import org.jikimi.screening.signal.TellWaiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the city's own work finds counts as what agencies send: a household of A and B, and C of another. */
class OwnSignalsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String A = "2015-05-01";
    private static final String B = "2015-05-02";
    private static final String C = "2015-05-03";
    private static final UUID FIRST_VISIT = new UUID(1, 1);
    private static final UUID SECOND_VISIT = new UUID(1, 2);
    private static final UUID INVESTIGATION = new UUID(2, 1);

    private static final String REFUSING = """
            SELECT c.birth_date FROM child c JOIN child_state s ON s.child_id = c.id
            WHERE (s.mask >> 41) & 1 = 1 ORDER BY 1""";
    private static final String ABUSED = """
            SELECT c.birth_date FROM child c JOIN child_state s ON s.child_id = c.id
            WHERE (s.mask >> 25) & 1 = 1 ORDER BY 1""";
    private static final String SIGNALS =
            "SELECT concat_ws(' ', source, observed_on, cleared_on) FROM signal ORDER BY source, observed_on";

    private static final String DUE = "SELECT kind || ' ' || subject FROM due_work";

    private World world;
    private OwnSignals own;
    private TellWaiting waiting;
    private Inbox inbox;
    private DueRunner runner;
    private long offset;

    @BeforeEach
    void twoHouseholds() throws Exception {
        world = new World();
        own = new OwnSignals(new DueWork(), world.bases, world.times);
        waiting = new TellWaiting(new DueWork(), world.bases, world.transactions, world.times);
        inbox = new Inbox(
                "screening",
                world.transactions,
                new Outbox(),
                new ScreeningIntake(new JoinOutcome(), new ForgetSubjects(world.subjects), own),
                step -> {});
        runner = new DueRunner(world.transactions, world.times, List.of(own));
        SendChildren.send(world, "children", child("A", "H-1", A) + child("B", "H-1", B) + child("C", "H-2", C));
    }

    @Test
    void aSecondRefusedVisitOfAHouseholdIsASignalOfAllItsChildren() throws Exception {
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(REFUSING)).containsExactly(A, B);
        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void aRefusalByTheOutcomeOfAVisitIsOneToo() throws Exception {
        refused(FIRST_VISIT, "2026-03-01");
        hear(
                VisitCompleted.class,
                A,
                Map.of(
                        "visitId",
                        SECOND_VISIT.toString(),
                        "outcome",
                        "REFUSED",
                        "householdId",
                        household(),
                        "completedAt",
                        "2026-09-01T01:00:00Z"));

        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void inWhateverOrderRefusalsAreHeardTheyEndAlike() throws Exception {
        refused(SECOND_VISIT, "2026-09-01");
        refused(FIRST_VISIT, "2026-03-01");

        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void aRefusalThatIsHeardAgainOrOfTheSameVisitIsNoSecondOne() throws Exception {
        refused(FIRST_VISIT, "2026-03-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(FIRST_VISIT, "2026-03-15");

        assertThat(world.query(SIGNALS)).isEmpty();
    }

    @Test
    void aRefusalAYearAfterTheLastIsAFirstOne() throws Exception {
        refused(FIRST_VISIT, "2025-09-01");
        refused(SECOND_VISIT, "2026-09-01");
        assertThat(world.query(SIGNALS)).isEmpty();

        refused(new UUID(1, 3), "2025-09-02");

        assertThat(world.query(SIGNALS))
                .containsExactly("jikimi/case-service 2025-09-02", "jikimi/case-service 2026-09-01");
    }

    @Test
    void whatTheHouseholdRefusedWhereAChildLivedBeforeIsNotSaidOfTheNextOne() throws Exception {
        refused(FIRST_VISIT, "2026-03-01");
        world.execute("UPDATE child SET household_id = (SELECT household_id FROM child WHERE birth_date = '" + C
                + "') WHERE birth_date = '" + A + "'");

        refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(REFUSING)).isEmpty();
    }

    @Test
    void determinedAbuseIsPriorAbuseAndOneBitBesideWhatAnAgencySaysOfIt() throws Exception {
        SendSignals.send(world, "child-protection", "p", signal("P", "PRIOR_ABUSE", "RRN", "A", "2026-01-01"));

        determined(A, 3, "ABUSE", "2026-09-01");
        determined(A, 3, "ABUSE", "2026-09-01");
        determined(B, 3, "GENERAL_CASE", "2026-09-01");

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query(SIGNALS))
                .containsExactly("child-protection 2026-01-01", "jikimi/case-service 2026-09-01");
        assertThat(world.query("SELECT observed FROM child_state WHERE mask <> 0"))
                .containsExactly("{9740}"); // one day alone: that of the latest, 2026-09-01
    }

    @Test
    void aDeterminationThatAnotherReplacesIsCleared() throws Exception {
        determined(A, 3, "ABUSE", "2026-08-01");
        determined(A, 4, "UNFOUNDED", "2026-09-01");
        determined(A, 3, "ABUSE", "2026-08-01");

        assertThat(world.query(ABUSED)).isEmpty();
        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-08-01 2026-09-01");
    }

    private void withdrawTheLegalBases() throws Exception {
        for (var code : List.of("PRIOR_ABUSE", "REPEATED_VISIT_REFUSAL")) {
            world.execute("INSERT INTO legal_basis (code, version, recorded_by, recorded_at) VALUES ('" + code
                    + "', 1, 'supervisor', now())");
        }
    }

    @Test
    void withoutALegalBasisNothingIsStored() throws Exception {
        withdrawTheLegalBases();

        determined(A, 3, "ABUSE", "2026-08-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");

        assertThat(world.query(SIGNALS)).isEmpty();
    }

    @Test
    void whatWasFoundBeforeItsIndicatorMayBeUsedIsToldOnceItMay() throws Exception {
        withdrawTheLegalBases();
        determined(A, 3, "ABUSE", "2026-08-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");

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
        determined(A, 3, "ABUSE", "2026-08-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(DUE)).containsExactly("own-signals-waiting all");
    }

    @Test
    void whatWasForgottenBeforeAnybodyWaitedIsToldToo() throws Exception {
        withdrawTheLegalBases();
        determined(A, 3, "ABUSE", "2026-08-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");
        world.execute("DELETE FROM due_work");
        allowedFrom("2026-10-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(ABUSED)).containsExactly(A);
        assertThat(world.query(REFUSING)).containsExactly(A, B);
    }

    @Test
    void whatIsToldIsNotToldEveryDay() throws Exception {
        determined(A, 3, "ABUSE", "2026-08-01");
        determined(B, 3, "ABUSE", "2026-08-01");
        determined(B, 4, "UNFOUNDED", "2026-09-01");
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");

        assertThat(waiting("2026-10-01T15:00:00Z")).isEmpty();
    }

    @Test
    void whatWasDeterminedAnewMeanwhileIsToldAsItStands() throws Exception {
        determined(A, 3, "ABUSE", "2026-08-01");
        withdrawTheLegalBases();
        determined(A, 4, "ABUSE", "2026-09-01");
        allowedFrom("2026-10-01");

        runAt("2026-10-01T15:00:00Z");

        assertThat(world.query(SIGNALS)).containsExactly("jikimi/case-service 2026-09-01");
    }

    @Test
    void whatIsTooOldToCountIsNotWaitedWith() throws Exception {
        withdrawTheLegalBases();
        refused(FIRST_VISIT, "2024-03-01");
        refused(SECOND_VISIT, "2024-09-01");
        allowedFrom("2026-10-01");

        assertThat(waiting("2026-10-01T15:00:00Z")).isEmpty();
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

    @Test
    void aRefusalIsOfTheHouseholdThatRefusedLastWhateverIsHeardLast() throws Exception {
        var other = world.query("SELECT household_id FROM child WHERE birth_date = '" + C + "'")
                .getFirst();
        refused(FIRST_VISIT, "2026-03-01");
        refused(SECOND_VISIT, "2026-09-01");
        hear(
                VisitAttempted.class,
                A,
                Map.of(
                        "visitId",
                        SECOND_VISIT.toString(),
                        "householdId",
                        other,
                        "result",
                        "REFUSED",
                        "attemptedAt",
                        "2026-08-01T03:00:00Z"));

        assertThat(world.query("SELECT household_id FROM concern WHERE ref = '" + SECOND_VISIT + "'"))
                .containsExactly(household());
    }

    @Test
    void theIntakeWaitsForNoDueWorkOfTheSameChild() throws Exception {
        for (int heard = 0; heard < 2; heard++) {
            var child = world.query("SELECT id FROM child WHERE birth_date = '" + A + "'")
                    .getFirst();
            inbox.receive(List.of(event(AbuseDetermined.class, child, Map.of("version", heard + 1))));
        }

        assertThat(world.query("SELECT subject FROM due_work")).hasSize(2);
    }

    @Test
    void noAgencyCanTakeBackWhatWasFoundHere() throws Exception {
        determined(A, 3, "ABUSE", "2026-09-01");

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

        determined(A, 3, "ABUSE", "2026-09-01"); // 57 points become 82, and 70 are urgent

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

    private String household() throws SQLException {
        return world.query("SELECT household_id FROM child WHERE birth_date = '" + B + "'")
                .getFirst();
    }

    /** As of A, at noon of the day in Seoul; by the household where A lives. */
    private void refused(UUID visit, String day) throws Exception {
        var home = world.query("SELECT household_id FROM child WHERE birth_date = '" + A + "'")
                .getFirst();
        hear(
                VisitAttempted.class,
                A,
                Map.of(
                        "visitId",
                        visit.toString(),
                        "householdId",
                        home,
                        "result",
                        "REFUSED",
                        "attemptedAt",
                        day + "T03:00:00Z"));
    }

    private void determined(String born, int version, String determination, String day) throws Exception {
        var investigation = born.equals(A) ? INVESTIGATION : UUID.randomUUID();
        hear(
                AbuseDetermined.class,
                born,
                Map.of(
                        "investigationId",
                        investigation.toString(),
                        "version",
                        version,
                        "determination",
                        determination,
                        "determinedAt",
                        day + "T03:00:00Z"));
    }

    private void runAt(String instant) throws Exception {
        waiting(instant);
        new DueRunner(world.transactions, new Times(() -> Instant.parse(instant)), List.of(own, waiting)).runDue();
    }

    private void hear(Class<? extends Record> data, String born, Map<String, Object> fields) throws Exception {
        var child = world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst();
        inbox.receive(List.of(event(data, child, fields)));
        runner.runDue();
    }

    /** The golden example, with these fields set. */
    private ReceivedEvent event(Class<? extends Record> data, String child, Map<String, Object> fields)
            throws IOException {
        var type = EventTypes.of(data);
        try (var golden = Objects.requireNonNull(
                OwnSignalsTest.class.getClassLoader().getResourceAsStream(type.goldenResource()))) {
            var body = ((ObjectNode) JSON.readTree(golden)).put("childId", child);
            fields.forEach((field, value) -> body.set(field, JSON.valueToTree(value)));
            return new ReceivedEvent(
                    EventIds.next(),
                    type.topic(),
                    0,
                    offset++,
                    child,
                    Map.of("ce_type", type.ceType()),
                    JSON.writeValueAsBytes(body));
        }
    }
}
