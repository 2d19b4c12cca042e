package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordInboxTest {
    private static final String TOPIC = "letters";
    private static final TopicPartition PLACE = new TopicPartition(TOPIC, 0);

    private DataSource database;
    private boolean isBroken;

    @BeforeEach
    void aDiary() throws SQLException {
        database = TestDatabase.create();
        TestDatabase.execute(database, "CREATE TABLE diary (n bigint GENERATED ALWAYS AS IDENTITY, entry text)");
    }

    @Test
    void aPlaceInKafkaIsTakenOnceHoweverOftenItIsRead() throws SQLException {
        var inbox = inbox();

        inbox.receive(List.of(record(0, "a"), record(1, "b")));
        inbox.receive(List.of(record(1, "b"), record(2, "c")));
        inbox().receive(List.of(record(0, "a")));

        assertThat(diary()).containsExactly("a", "b", "c");
        assertThat(inbox.offsets(Map.of(PLACE, 3L), Map.of())).containsEntry(PLACE, 3L);
    }

    @Test
    void aRecordThatCannotBeTakenIsRefusedAndHoldsUpNoOther() throws SQLException {
        inbox().receive(List.of(record(0, "a"), record(1, "poison"), record(2, "b")));

        assertThat(diary()).containsExactly("a", "refused poison", "b");
    }

    @Test
    void failingInfrastructureRefusesNothingAndTheBatchMayComeAgain() throws SQLException {
        isBroken = true;
        assertThatThrownBy(() -> inbox().receive(List.of(record(0, "a")))).isInstanceOf(SQLException.class);
        isBroken = false;

        inbox().receive(List.of(record(0, "a")));

        assertThat(diary()).containsExactly("a");
    }

    @Test
    void aTopicThatWasMadeAnewIsReadFromItsBeginning() throws SQLException {
        var before = Uuid.randomUuid();
        inbox().offsets(Map.of(PLACE, 0L), Map.of(TOPIC, before));
        inbox().receive(List.of(record(0, "a")));

        assertThat(inbox().offsets(Map.of(PLACE, 1L), Map.of(TOPIC, before))).containsEntry(PLACE, 1L);
        assertThat(inbox().offsets(Map.of(PLACE, 1L), Map.of(TOPIC, Uuid.randomUuid())))
                .containsEntry(PLACE, 0L);
    }

    private List<String> diary() throws SQLException {
        return TestDatabase.query(database, "SELECT entry FROM diary ORDER BY n");
    }

    private static ReceivedEvent record(long offset, String text) {
        return new ReceivedEvent(EventIds.next(), TOPIC, 0, offset, "", Map.of(), text.getBytes(UTF_8));
    }

    private RecordInbox inbox() {
        return new RecordInbox("testing", Transactions.of(database), new Diary());
    }

    private final class Diary implements RecordIntake {
        @Override
        public String name() {
            return "diary";
        }

        @Override
        public List<String> topics() {
            return List.of(TOPIC);
        }

        @Override
        public void take(Connection tx, List<ReceivedEvent> records) throws SQLException {
            for (var record : records) {
                write(tx, new String(record.payload(), UTF_8));
            }
            if (isBroken) {
                throw new SQLTransientConnectionException("the database went away", "08006");
            }
            if (records.stream().anyMatch(record -> new String(record.payload(), UTF_8).equals("poison"))) {
                throw new IllegalArgumentException("poison");
            }
        }

        @Override
        public void refuse(Connection tx, ReceivedEvent record) throws SQLException {
            write(tx, "refused " + new String(record.payload(), UTF_8));
        }

        private void write(Connection tx, String entry) throws SQLException {
            try (var insert = tx.prepareStatement("INSERT INTO diary (entry) VALUES (?)")) {
                insert.setString(1, entry);
                insert.executeUpdate();
            }
        }
    }
}
