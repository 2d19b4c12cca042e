package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;

/** A service that hears events as Kafka gives them, on a database of its own. */
final class Hearing {
    final AlertWorld world = new AlertWorld();
    final AlertIntake intake = world.intake();

    Hearing() throws SQLException {}

    Outcome handle(ReceivedEvent event) throws SQLException {
        return world.transactions.run(tx -> intake.handle(event, tx));
    }

    /** Each in a transaction of its own. */
    void handleAll(ReceivedEvent... events) throws SQLException {
        for (var event : events) {
            assertThat(handle(event)).isEqualTo(Outcome.APPLIED);
        }
    }

    /** As one batch. */
    void handleTogether(List<ReceivedEvent> events) throws SQLException {
        world.transactions.run(tx -> {
            var batch = intake.begin();
            for (var event : events) {
                assertThat(batch.handle(event, tx)).isEqualTo(Outcome.APPLIED);
            }
            batch.finish(tx);
            return true;
        });
    }

    /** Where the alerts of a kind stand. */
    List<String> alerts(String kind) throws SQLException {
        return world.query("SELECT district_code || ' ' || state FROM alert WHERE kind = '" + kind + "' ORDER BY 1");
    }

    /**
     * The example of its contract with some fields changed.
     *
     * @param correlation the flag or report that began it all
     * @param time when it happened
     */
    static ReceivedEvent event(String topic, String key, String correlation, String time, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        var headers = Map.of("ce_type", type.ceType(), "ce_correlationid", correlation, "ce_time", time);
        return new ReceivedEvent(EventIds.next(), topic, 0, 0, key, headers, Goldens.payload(type, changes));
    }
}
