package org.jikimi.screening.intake;

import static org.jikimi.screening.registry.SendChildren.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.cases.v1.AbuseDetermined;
import org.jikimi.contracts.cases.v1.VisitAttempted;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.screening.World;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.OwnSignals;

/** What the city's own work finds, as screening-service hears of it: of a household of A and B, and C of another. */
final class CityWork {
    static final String A = "2015-05-01";
    static final String B = "2015-05-02";
    static final String C = "2015-05-03";
    static final UUID FIRST_VISIT = new UUID(1, 1);
    static final UUID SECOND_VISIT = new UUID(1, 2);
    static final UUID INVESTIGATION = new UUID(2, 1);

    static final String REFUSING = """
            SELECT c.birth_date FROM child c JOIN child_state s ON s.child_id = c.id
            WHERE (s.mask >> 41) & 1 = 1 ORDER BY 1""";
    static final String ABUSED = """
            SELECT c.birth_date FROM child c JOIN child_state s ON s.child_id = c.id
            WHERE (s.mask >> 25) & 1 = 1 ORDER BY 1""";
    static final String SIGNALS =
            "SELECT concat_ws(' ', source, observed_on, cleared_on) FROM signal ORDER BY source, observed_on";

    private static final ObjectMapper JSON = new ObjectMapper();

    final World world = new World();
    final OwnSignals own = new OwnSignals(new DueWork(), world.bases, world.times);
    final Inbox inbox = new Inbox(
            "screening",
            world.transactions,
            new Outbox(),
            new ScreeningIntake(new JoinOutcome(), new ForgetSubjects(world.subjects), own),
            step -> {});
    private final DueRunner runner = new DueRunner(world.transactions, world.times, List.of(own));
    private long offset;

    CityWork() throws Exception {
        SendChildren.send(world, "children", child("A", "H-1", A) + child("B", "H-1", B) + child("C", "H-2", C));
    }

    String household() throws SQLException {
        return world.query("SELECT household_id FROM child WHERE birth_date = '" + B + "'")
                .getFirst();
    }

    /** Where C lives. */
    String otherHousehold() throws SQLException {
        return world.query("SELECT household_id FROM child WHERE birth_date = '" + C + "'")
                .getFirst();
    }

    /** As of A, at noon of the day in Seoul; by the household where A lives. */
    void refused(UUID visit, String day) throws Exception {
        var home = world.query("SELECT household_id FROM child WHERE birth_date = '" + A + "'")
                .getFirst();
        refused(visit, day, home, A);
    }

    void refused(UUID visit, String day, String household, String born) throws Exception {
        hear(
                VisitAttempted.class,
                born,
                Map.of(
                        "visitId",
                        visit.toString(),
                        "householdId",
                        household,
                        "result",
                        "REFUSED",
                        "attemptedAt",
                        day + "T03:00:00Z"));
    }

    void determined(String born, int version, String determination, String day) throws Exception {
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

    void hear(Class<? extends Record> data, String born, Map<String, Object> fields) throws Exception {
        var child = world.query("SELECT id FROM child WHERE birth_date = '" + born + "'")
                .getFirst();
        inbox.receive(List.of(event(data, child, fields)));
        runner.runDue();
    }

    /** The golden example, with these fields set. */
    ReceivedEvent event(Class<? extends Record> data, String child, Map<String, Object> fields) throws IOException {
        var type = EventTypes.of(data);
        try (var golden =
                Objects.requireNonNull(CityWork.class.getClassLoader().getResourceAsStream(type.goldenResource()))) {
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
