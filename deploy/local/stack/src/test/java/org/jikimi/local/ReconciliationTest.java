package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report names, child by child. */
class ReconciliationTest {
    private static final String CHILD = "019a6f0e-52c1-7d35-9e0b-6a3f0c1d2e4f";
    private static final String REPORTED = "AbuseReported";

    @TempDir
    static Path temp;

    private static LocalDatabases databases;

    /** What Kafka holds of the case service, in the order of arrival. */
    private final List<Reconciliation.Sent> kafka = new ArrayList<>();

    /** How often the case service's relay has announced. */
    private long announced;

    @BeforeAll
    static void startPostgres() {
        databases = new LocalDatabases(temp.resolve("data"));
    }

    @AfterAll
    static void stopPostgres() {
        databases.close();
    }

    /** Screening and notification hear of reports; one that was published is applied by both. */
    @BeforeEach
    void aPlatformInBalance() throws SQLException, IOException {
        for (var service : Service.values()) {
            databases.migrate(service);
        }
        for (var consumer : List.of(Service.SCREENING, Service.NOTIFICATION)) {
            databases.execute(
                    consumer, "INSERT INTO inbox_offset VALUES ('%s', '%s', 0, 1)".formatted(consumer.key(), REPORTED));
        }
        var event = publish();
        apply(Service.SCREENING, event);
        apply(Service.NOTIFICATION, event);
    }

    @Test
    void nothingIsNamedWhereEverybodyAgrees() throws SQLException {
        assertThat(lines()).isEmpty();
    }

    @Test
    void anEventThatAConsumerHasNotAppliedIsNamedWithTheConsumer() throws SQLException {
        var event = publish();
        apply(Service.NOTIFICATION, event);

        assertThat(lines()).containsExactly(CHILD + "  not applied by screening: AbuseReported");
    }

    @Test
    void whatWasPublishedAMomentAgoMayStillBeOnItsWay() throws SQLException {
        publish("0 seconds");

        assertThat(lines()).isEmpty();
    }

    @Test
    void aParkedEventIsNamed() throws SQLException {
        databases.execute(
                Service.REFERRAL,
                "INSERT INTO inbox_parked VALUES ('referral', gen_random_uuid(), DEFAULT, 'CaseOpened', 0, 0, '%s', '', '', 'EARLY', 'X')"
                        .formatted(CHILD));

        assertThat(lines()).containsExactly(CHILD + "  parked by referral: CaseOpened");
    }

    @Test
    void whatOthersHaveSeenAndTheRestoredSourceDoesNotKnowIsLost() throws SQLException {
        sent(2);
        restored(2, 2);

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");
    }

    @Test
    void aLossIsNamedEvenBeforeTheRelayHasNoticedTheRestore() throws SQLException {
        sent(2);

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");
    }

    @Test
    void aLossIsNamedBeforeTheRelayHasNoticedEvenIfItsNumberWasGivenAgain() throws SQLException {
        sent(2);
        announced = 1;
        publish("0 seconds");

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");
    }

    @Test
    void whatWasDoneAgainIsNotLostAnyMoreOneForOne() throws SQLException {
        sent(2);
        sent(3);
        restored(2, 3);
        databases.execute(Service.CASE, "SELECT setval('outbox_seq_seq', 3)");
        sent(publish("0 seconds"), 4);

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");

        sent(publish("0 seconds"), 5);

        assertThat(lines()).isEmpty();
    }

    @Test
    void whatWasPublishedBeforeALostEventDoesNotSettleItEvenIfItsNumberIsAmongTheLost() throws SQLException {
        sent(publish("0 seconds"), 2);
        sent(3);
        restored(2, 3);

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");
    }

    @Test
    void whatWasDoneAgainBeforeTheRelayNoticedCountsUnderANumberThatWasGivenTwice() throws SQLException {
        sent(2);
        sent(publish("0 seconds"), 2);
        restored(2, 3);

        assertThat(lines()).isEmpty();
    }

    @Test
    void anEventThatWasOnlySentAgainDoesNotCountAsDoneAgain() throws SQLException {
        sent(2);
        kafka.add(new Reconciliation.Sent(
                new Reconciliation.Event(UUID.fromString(publish("0 seconds")), REPORTED, CHILD), 2, true));
        restored(2, 2);

        assertThat(lines()).containsExactly(CHILD + "  lost by case: AbuseReported");
    }

    @Test
    void whatPeopleHaveClosedIsNotNamedAgain() throws SQLException {
        sent(2);
        restored(2, 2);
        databases.execute(
                Service.CASE, "SELECT setval('outbox_seq_seq', 2); UPDATE relay_restore SET reconciled_at = now()");

        assertThat(lines()).isEmpty();
    }

    private List<String> lines() throws SQLException {
        var connections = new EnumMap<Service, Connection>(Service.class);
        for (var service : Service.values()) {
            connections.put(service, databases.postgres.connect(service.key()));
        }
        try {
            return new Reconciliation(connections, new Held()).find().lines();
        } finally {
            for (var connection : connections.values()) {
                connection.close();
            }
        }
    }

    /** Of the case service alone. */
    private final class Held implements SentEvents {
        @Override
        public List<Reconciliation.Sent> sentBy(Service source, long from) {
            return source == Service.CASE
                    ? kafka.stream().filter(sent -> sent.number() >= from).toList()
                    : List.of();
        }

        @Override
        public long announcedBy(Service source) {
            return source == Service.CASE ? announced : 0;
        }
    }

    /** An event that its source does not know any more. */
    private void sent(long number) {
        sent(UUID.randomUUID().toString(), number);
    }

    private void sent(String id, long number) {
        kafka.add(
                new Reconciliation.Sent(new Reconciliation.Event(UUID.fromString(id), REPORTED, CHILD), number, false));
    }

    private static void restored(long first, long last) throws SQLException {
        databases.execute(
                Service.CASE,
                "INSERT INTO relay_restore (incarnation, first_lost, last_lost, inserted) VALUES (gen_random_uuid(), %d, %d, 1)"
                        .formatted(first, last));
    }

    private static String publish() throws SQLException {
        return publish("1 minute");
    }

    private static String publish(String ago) throws SQLException {
        var id = UUID.randomUUID().toString();
        databases.execute(
                Service.CASE,
                "INSERT INTO outbox (id, type, key, headers, payload, at) VALUES ('%s', '%s', '%s', '', '', clock_timestamp() - interval '%s')"
                        .formatted(id, REPORTED, CHILD, ago));
        return id;
    }

    private static void apply(Service consumer, String id) throws SQLException {
        databases.execute(consumer, "INSERT INTO inbox VALUES ('%s', '%s')".formatted(consumer.key(), id));
    }
}
