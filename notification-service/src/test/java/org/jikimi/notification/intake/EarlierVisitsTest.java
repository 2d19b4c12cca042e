package org.jikimi.notification.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.security.Caller;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom visits were made to before that was noted is found in what was kept of them. */
class EarlierVisitsTest {
    private static final String CHILD = "0197e5a0-0000-7000-8000-000000000001";
    private static final String VISIT = "0197e5a0-0000-7000-8000-000000000004";
    private static final String STORY = "0197e5a0-0000-7000-8000-000000000005";

    private Hearing hearing;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
    }

    @Test
    void inWhatWasSettledOfTheChild() throws Exception {
        hearing.handleAll(
                event("VisitPlanned", Map.of()),
                event("ChildMoved", Map.of()),
                event("VisitCompleted", Map.of("outcome", "SAFE", "seen", true)));

        assertThat(notedAgain()).containsExactly(VISIT + " " + CHILD);
    }

    @Test
    void inWhatSubscribersWereTold() throws Exception {
        new TestSubscriptions(hearing.world.transactions, hearing.world.subscriptions)
                .webhook(new Caller("p", Set.of("dong-officer"), null, Set.of("11350"), null), "http://127.0.0.1:9/");
        hearing.handleAll(event("VisitPlanned", Map.of("districtCode", "11350")));

        assertThat(notedAgain()).containsExactly(VISIT + " " + CHILD);
    }

    @Test
    void inTheStoryToWhichTheVisitBelongs() throws Exception {
        hearing.handleAll(event("ChildFlagged", Map.of("urgent", true)), event("VisitPlanned", Map.of()));

        assertThat(notedAgain()).containsExactly(VISIT + " " + CHILD);
    }

    @Test
    void ofAVisitOfWhichNothingElseWasKeptNobodyIsMadeUp() throws Exception {
        hearing.handleAll(event("VisitPlanned", Map.of()));

        assertThat(notedAgain()).isEmpty();
    }

    private List<String> notedAgain() throws SQLException {
        hearing.world.query("DELETE FROM visit_child RETURNING 1");
        hearing.world.transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.execute(script());
            }
        });
        return hearing.world.query("SELECT visit_id || ' ' || child_id FROM visit_child ORDER BY 1");
    }

    private static String script() {
        try (var script = Objects.requireNonNull(EarlierVisitsTest.class
                .getClassLoader()
                .getResourceAsStream("db/migration/V1043__children_of_earlier_visits.sql"))) {
            return new String(script.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        var all = new HashMap<>(changes);
        all.put("childId", CHILD);
        if (topic.startsWith("Visit")) {
            all.put("visitId", VISIT);
        }
        return Hearing.event(topic, CHILD, STORY, "2026-11-20T05:30:00Z", all);
    }
}
