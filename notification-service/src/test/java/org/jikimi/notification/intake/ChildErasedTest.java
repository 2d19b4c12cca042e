package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.security.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry has erased a child: alerts about it, mails and what subscribers have not been sent go too. */
class ChildErasedTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String OTHER = "0197e5a0-0000-7000-8000-000000000002";

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(subject_key|outbox.*|inbox(_[ow].*)?|audit.*|flyway.*)$";

    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void start() throws SQLException {
        world = new AlertWorld();
        intake = world.intake();
        new TestSubscriptions(world.transactions, world.subscriptions)
                .webhook(new Caller("p", Set.of("police"), null, Set.of("11350"), null), "http://127.0.0.1:9/");
    }

    @Test
    void whateverWasHeardOfTheChildNothingOfItStaysAndThatIsAcknowledged() throws SQLException {
        for (var type : ofChildren()) {
            handle(event(type, CHILD));
        }
        handle(event(flagged(), OTHER));
        assertThat(traces(CHILD)).contains("alert", "feed_event");

        handle(erased());
        handle(erased());

        assertThat(traces(CHILD)).isEmpty();
        assertThat(traces(OTHER)).contains("alert");
        assertThat(world.query("SELECT count(*) FROM delivery WHERE alert_id NOT IN (SELECT id FROM alert)"))
                .containsExactly("0");
        assertThat(world.query("SELECT DISTINCT key FROM outbox WHERE type = 'AlertDataErased'"))
                .containsExactly(CHILD);
    }

    @Test
    void aVisitToTheChildAloneAndWhatWasSettledOnItsWayGoToo() throws SQLException {
        var visit = Map.<String, Object>of(
                "childId", CHILD, "visitId", UUID.randomUUID().toString());
        handle(Hearing.event("VisitPlanned", CHILD, CHILD, "2026-11-02T00:00:00Z", visit));
        handle(event(Goldens.type("VisitPlanned"), OTHER));
        handle(event(Goldens.type("ChildMoved"), CHILD));
        var settledByTheReleaseBefore = "INSERT INTO settlement (kind, subject_id, party, settled_at) "
                + "SELECT 'URGENT_FLAG', gen_random_uuid(), event_id, now() FROM child_move RETURNING 1";
        assertThat(world.query(settledByTheReleaseBefore)).hasSize(1);

        handle(erased());

        assertThat(world.query("SELECT count(*) FROM visit_place"))
                .as("the other child's")
                .containsExactly("1");
        assertThat(world.query("SELECT child_id FROM visit_child")).containsExactly(OTHER);
        assertThat(world.query("SELECT 1 FROM settlement")).isEmpty();
    }

    @Test
    void whateverIsHeardOfTheChildAfterwardsIsPassedOver() throws SQLException {
        handle(erased());

        for (var type : ofChildren()) {
            assertThat(handle(event(type, CHILD))).as(type.topic()).isEqualTo(Outcome.STALE);
        }

        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void anAlertThatIsRaisedInTheSameBatchGoesToo() throws SQLException {
        world.transactions.run(tx -> {
            var batch = intake.begin();
            batch.handle(event(flagged(), CHILD), tx);
            batch.handle(erased(), tx);
            batch.handle(event(flagged(), CHILD), tx);
            batch.finish(tx);
            return true;
        });

        assertThat(traces(CHILD)).isEmpty();
    }

    private static List<EventType> ofChildren() {
        return EventTypes.all().stream()
                .filter(type ->
                        !type.producer().equals("notification") && !type.topic().equals("ChildErased"))
                .filter(type -> List.of(type.dataClass().getRecordComponents()).stream()
                        .anyMatch(field -> field.getName().equals("childId")))
                .toList();
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return world.transactions.run(tx -> intake.handle(event, tx));
    }

    private List<String> traces(String id) throws SQLException {
        var found = new ArrayList<String>();
        for (var table : world.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename !~ '"
                + KNOWS_IDS + "' ORDER BY 1")) {
            if (!world.query("SELECT 1 FROM %s t WHERE t::text LIKE '%%%s%%'".formatted(table, id))
                    .isEmpty()) {
                found.add(table);
            }
        }
        return found;
    }

    private static EventType flagged() {
        return Goldens.type("ChildFlagged");
    }

    private static ReceivedEvent erased() {
        return event(Goldens.type("ChildErased"), CHILD);
    }

    private static ReceivedEvent event(EventType type, String child) {
        var fields = new HashMap<String, Object>(Map.of("childId", child));
        if (type.topic().equals("ChildErased")) {
            fields.put("aliasIds", List.of());
        } else if (type.topic().equals("ChildFlagged")) {
            fields.put("urgent", true);
        }
        var headers = Map.of(
                "ce_type",
                type.ceType(),
                "ce_correlationid",
                child.equals(CHILD) ? EventIds.next().toString() : OTHER,
                "ce_time",
                "2026-11-02T00:00:00Z");
        return new ReceivedEvent(EventIds.next(), type.topic(), 0, 0, child, headers, Goldens.payload(type, fields));
    }
}
