package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.notification.TestDatabase;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.security.Caller;
import org.jikimi.testkit.RestorablePostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * This service's own database is put back to an earlier time. What it forgot to have sent goes out again, under the
 * names by which a mailbox and a webhook know it: a Message-ID is the delivery's id, a webhook-id the event's.
 */
class RestoredNotificationTest {
    private final RestorablePostgres postgres = RestorablePostgres.start();
    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void aSubscriberWithAWebhook() throws SQLException {
        TestDatabase.execute(postgres.database("postgres"), "CREATE DATABASE notification");
        var database = postgres.database("notification");
        TestDatabase.prepare(database);
        world = new AlertWorld(database);
        intake = world.intake();
        new TestSubscriptions(world.transactions, world.subscriptions)
                .webhook(
                        new Caller(UUID.randomUUID().toString(), Set.of("police"), null, Set.of("11350"), null),
                        "http://127.0.0.1:9/");
    }

    @AfterEach
    void stop() {
        postgres.close();
    }

    @Test
    void whatWasWaitingWhenItWasBackedUpIsSentAgainUnderTheSameNamesAndWhatWasSentIsNot() throws SQLException {
        receive(report());
        send();
        receive(report());
        var waiting = due();
        postgres.backUp();
        send();
        assertThat(due()).isEmpty();

        postgres.restore();

        assertThat(due()).hasSize(3).isEqualTo(waiting); // two mails, one webhook
    }

    @Test
    void whatCameAfterTheBackupIsReadAgainAndSentAgainUnderTheSameNames() throws SQLException {
        var report = report();
        postgres.backUp();
        receive(report);
        var sentAfterTheBackup = due();
        send();

        postgres.restore();
        assertThat(due()).isEmpty();
        receive(report); // from the restored offsets

        assertThat(due()).hasSize(3).isEqualTo(sentAfterTheBackup);
    }

    private List<String> due() throws SQLException {
        return world.query("SELECT id::text FROM delivery WHERE state = 'PENDING' "
                + "UNION ALL SELECT event_id::text FROM feed_delivery WHERE state = 'PENDING' ORDER BY 1");
    }

    private void send() throws SQLException {
        TestDatabase.execute(
                world.database, "UPDATE delivery SET state = 'SENT'; UPDATE feed_delivery SET state = 'SENT'");
    }

    private void receive(ReceivedEvent event) throws SQLException {
        world.transactions.run(tx -> intake.handle(event, tx));
    }

    private static ReceivedEvent report() {
        var type = Goldens.type("AbuseReported");
        var changes = Map.<String, Object>of(
                "reportId", UUID.randomUUID().toString(), "urgency", "URGENT", "districtCode", "11350");
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                0,
                UUID.randomUUID().toString(),
                Map.of("ce_type", type.ceType()),
                Goldens.payload(type, changes));
    }
}
