package org.jikimi.runtime.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxTest {
    private static final Inbox.FailPoint NEVER = step -> {};

    private DataSource database;
    private boolean broken;

    @BeforeEach
    void aDiary() throws SQLException {
        database = TestDatabase.create();
        TestDatabase.execute(database, "CREATE TABLE diary (n bigint GENERATED ALWAYS AS IDENTITY, entry text)");
        broken = false;
    }

    @Test
    void anEventIsAppliedOnceHoweverOftenItComes() throws SQLException {
        var inbox = inbox(NEVER);
        var event = event(0, "child-1", "once");
        inbox.receive(List.of(event, at(1, event)));
        inbox.receive(List.of(at(2, event)));
        inbox.receive(List.of(event));
        assertThat(diary()).containsExactly("once");
        assertThat(inbox.duplicates()).isEqualTo(2);
    }

    @Test
    void anEventOlderThanWhatTheInboxRemembersIsADeadLetterAndNeverApplied() throws SQLException {
        var old = new UUID((Instant.now().minus(Duration.ofDays(31)).toEpochMilli() << 16) | 0x7000, 0x8000L << 48);
        var inbox = inbox(NEVER);

        inbox.receive(List.of(withId(old, event(0, "child-1", "from the attic")), event(1, "child-1", "of today")));

        assertThat(diary()).containsExactly("of today");
        assertThat(parked()).isEmpty();
        assertThat(TestDatabase.query(database, "SELECT type || ' ' || key FROM outbox"))
                .containsExactly("testing.Diary.dlq child-1");
    }

    @ParameterizedTest
    @EnumSource(Inbox.Step.class)
    void aCrashAtAnyStepNeitherLosesNorDoublesAnything(Inbox.Step crash) throws SQLException {
        var batch = List.of(event(0, "child-1", "a"), event(1, "child-2", "b"));
        var dying = inbox(step -> {
            if (step == crash) {
                throw new PlantedCrash();
            }
        });
        assertThatThrownBy(() -> dying.receive(batch)).isInstanceOf(PlantedCrash.class);

        inbox(NEVER).receive(batch);

        assertThat(diary()).containsExactly("a", "b");
        assertThat(TestDatabase.query(database, "SELECT next_offset FROM inbox_offset"))
                .containsExactly("2");
    }

    @Test
    void aBadRecordIsFoundByHalvingTheBatchAndNothingElseIsLost() throws SQLException {
        var batch = new ArrayList<ReceivedEvent>();
        for (int i = 0; i < 16; i++) {
            batch.add(event(i, "child-" + i, i == 11 ? "poison" : "good " + i));
        }
        inbox(NEVER).receive(batch);
        assertThat(diary()).hasSize(15).doesNotContain("poison");
        assertThat(parked()).containsExactly("child-11 FAILED HANDLER_FAILED");
        assertThat(TestDatabase.query(database, "SELECT type || ' ' || key FROM outbox"))
                .containsExactly("testing.Diary.dlq child-11");
    }

    @Test
    void laterEventsOfTheChildWaitBehindTheFailedOneAndFollowItOnReplay() throws SQLException {
        var inbox = inbox(NEVER);
        inbox.receive(List.of(
                event(0, "child-1", "rejected"), event(1, "child-1", "second"), event(2, "child-2", "other child")));
        inbox.receive(List.of(event(3, "child-1", "third")));
        assertThat(diary()).containsExactly("other child");
        assertThat(parked())
                .containsExactly(
                        "child-1 FAILED UNKNOWN_CODE",
                        "child-1 BEHIND BEHIND_A_FAILED_EVENT",
                        "child-1 BEHIND BEHIND_A_FAILED_EVENT");

        TestDatabase.execute(database, "CREATE TABLE mended ()");
        assertThat(replay(inbox, "child-1")).isEqualTo(3);
        assertThat(replay(inbox, "child-1")).as("replayed again").isZero();

        assertThat(diary()).containsExactly("other child", "rejected", "second", "third");
        assertThat(parked()).isEmpty();
    }

    @Test
    void anEventBehindAFailedOneThatComesBeforeItsPredecessorLetsThatPassOnReplay() throws SQLException {
        var inbox = inbox(NEVER);
        inbox.receive(List.of(
                event(0, "child-1", "rejected"), event(1, "child-1", "needs:visit"), event(2, "child-1", "visit")));

        TestDatabase.execute(database, "CREATE TABLE mended ()");
        replay(inbox, "child-1");

        assertThat(diary()).containsExactly("rejected", "visit", "needs:visit");
        assertThat(parked()).isEmpty();
    }

    @Test
    void anEventBeforeItsPredecessorWaitsAsEarlyAndIsAppliedAfterIt() throws SQLException {
        var inbox = inbox(NEVER);
        inbox.receive(List.of(event(0, "child-1", "needs:visit"), event(1, "child-1", "unrelated")));
        assertThat(diary()).containsExactly("unrelated");
        assertThat(parked()).containsExactly("child-1 EARLY NO_PREDECESSOR");

        inbox.receive(List.of(event(2, "child-1", "visit")));

        assertThat(diary()).containsExactly("unrelated", "visit", "needs:visit");
        assertThat(parked()).isEmpty();
    }

    @Test
    void anEarlyEventThatFailsLaterIsNotBlamedOnTheOneThatLetItIn() throws SQLException {
        var inbox = inbox(NEVER);
        inbox.receive(List.of(event(0, "child-1", "needs:visit then poison")));
        inbox.receive(List.of(event(1, "child-1", "visit")));
        assertThat(diary()).containsExactly("visit");
        assertThat(parked()).containsExactly("child-1 FAILED HANDLER_FAILED");
    }

    @Test
    void anEventNestedTooDeeplyForItsHandlerIsParkedLikeAnyOtherBadOne() throws SQLException {
        inbox(NEVER).receive(List.of(event(0, "child-1", "bottomless"), event(1, "child-2", "good")));
        assertThat(diary()).containsExactly("good");
        assertThat(parked()).containsExactly("child-1 FAILED HANDLER_FAILED");
    }

    @Test
    void aReplayThatFailsAgainKeepsTheEventsParkedInTheirOrder() throws SQLException {
        var inbox = inbox(NEVER);
        inbox.receive(List.of(event(0, "child-1", "poison"), event(1, "child-1", "second")));

        assertThat(replay(inbox, "child-1")).isZero();

        assertThat(diary()).isEmpty();
        assertThat(parked()).containsExactly("child-1 FAILED HANDLER_FAILED", "child-1 BEHIND BEHIND_A_FAILED_EVENT");
        assertThat(TestDatabase.query(database, "SELECT type FROM outbox"))
                .as("one dead letter, however often it is replayed")
                .containsExactly("testing.Diary.dlq");
    }

    @Test
    void whatAHandlerGathersIsWrittenOnceForABatchBeforeItsOffsetsAreCommitted() throws SQLException {
        var gathering = new Gathering();
        new Inbox("testing", Transactions.of(database), new Outbox(), gathering, NEVER)
                .receive(List.of(event(0, "child-1", "a"), event(1, "child-2", "b"), event(2, "child-1", "c")));

        assertThat(diary()).containsExactly("a b c");
        assertThat(gathering.committed).isEqualTo(1);
    }

    @Test
    void aBadRecordIsFoundAlsoIfItFailsOnlyWhenWhatWasGatheredIsWritten() throws SQLException {
        var inbox = new Inbox("testing", Transactions.of(database), new Outbox(), new Gathering(), NEVER);
        inbox.receive(List.of(
                event(0, "child-1", "a"),
                event(1, "child-2", "poison"),
                event(2, "child-3", "c"),
                event(3, "child-2", "behind")));

        assertThat(diary()).containsExactly("a", "c");
        assertThat(parked()).containsExactly("child-2 FAILED HANDLER_FAILED", "child-2 BEHIND BEHIND_A_FAILED_EVENT");
        assertThat(replay(inbox, "child-2")).as("still poison").isZero();
        assertThat(diary()).containsExactly("a", "c");
    }

    @Test
    void failingInfrastructureParksNothing() throws SQLException {
        broken = true;
        var batch = List.of(event(0, "child-1", "a"));
        assertThatThrownBy(() -> inbox(NEVER).receive(batch)).isInstanceOf(SQLException.class);
        assertThat(parked()).isEmpty();

        broken = false;
        inbox(NEVER).receive(batch);

        assertThat(diary()).containsExactly("a");
    }

    @Test
    void aRecordThatAnotherReplicaHasReadIsSkippedByItsOffset() throws SQLException {
        inbox(NEVER).receive(List.of(event(0, "child-1", "a"), event(1, "child-1", "b")));
        inbox(NEVER).receive(List.of(event(1, "child-1", "same offset, and yet another id")));
        assertThat(diary()).containsExactly("a", "b");
    }

    private int replay(Inbox inbox, String key) throws SQLException {
        return Transactions.of(database).run(tx -> inbox.replay(tx, key));
    }

    private Inbox inbox(Inbox.FailPoint failPoint) {
        return new Inbox("testing", Transactions.of(database), new Outbox(), this::write, failPoint);
    }

    private Outcome write(ReceivedEvent event, Connection tx) throws SQLException {
        if (broken) {
            throw new SQLTransientConnectionException("the database is away");
        }
        var entry = new String(event.payload(), UTF_8);
        if (entry.equals("rejected")
                && TestDatabase.query(database, "SELECT to_regclass('mended')").contains(null)) {
            return new Outcome.Rejected("UNKNOWN_CODE");
        }
        if (entry.equals("bottomless")) {
            throw new StackOverflowError("nested too deeply");
        }
        if (entry.startsWith("needs:") && !has(tx, "visit")) {
            return new Outcome.Early("NO_PREDECESSOR");
        }
        try (var insert = tx.prepareStatement("INSERT INTO diary (entry) VALUES (?)")) {
            insert.setString(1, entry);
            insert.executeUpdate();
        }
        if (entry.contains("poison")) {
            throw new IllegalArgumentException("a bug");
        }
        return Outcome.APPLIED;
    }

    private static boolean has(Connection tx, String entry) throws SQLException {
        try (var select = tx.prepareStatement("SELECT 1 FROM diary WHERE entry = ?")) {
            select.setString(1, entry);
            try (var rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private List<String> diary() throws SQLException {
        return TestDatabase.query(database, "SELECT entry FROM diary ORDER BY n");
    }

    private List<String> parked() throws SQLException {
        return TestDatabase.query(
                database, "SELECT key || ' ' || reason || ' ' || code FROM inbox_parked ORDER BY seq");
    }

    private static ReceivedEvent withId(UUID id, ReceivedEvent event) {
        return new ReceivedEvent(
                id, event.topic(), event.partition(), event.offset(), event.key(), event.headers(), event.payload());
    }

    private static ReceivedEvent event(long offset, String key, String entry) {
        return new ReceivedEvent(EventIds.next(), "Diary", 0, offset, key, Map.of(), entry.getBytes(UTF_8));
    }

    private static ReceivedEvent at(long offset, ReceivedEvent event) {
        return new ReceivedEvent(
                event.id(), event.topic(), event.partition(), offset, event.key(), event.headers(), event.payload());
    }

    /** Writes the entries of a transaction as one. */
    private static final class Gathering implements EventHandler {
        private int committed;

        @Override
        public Outcome handle(ReceivedEvent event, Connection tx) {
            throw new AssertionError("each transaction has a handler of its own");
        }

        @Override
        public EventHandler begin() {
            var entries = new ArrayList<String>();
            return new EventHandler() {
                @Override
                public Outcome handle(ReceivedEvent event, Connection tx) {
                    entries.add(new String(event.payload(), UTF_8));
                    return Outcome.APPLIED;
                }

                @Override
                public void finish(Connection tx) throws SQLException {
                    if (entries.contains("poison")) {
                        throw new IllegalArgumentException("a bug");
                    }
                    try (var insert = tx.prepareStatement("INSERT INTO diary (entry) VALUES (?)")) {
                        insert.setString(1, String.join(" ", entries));
                        insert.executeUpdate();
                    }
                }

                @Override
                public void committed() {
                    committed++;
                }
            };
        }
    }

    /** Ends the process, as far as the inbox can tell: no handler's failure is an Error. */
    private static final class PlantedCrash extends Error {}
}
