package org.jikimi.runtime.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.EventHandler;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForgetSubjectsTest {
    private static final Instant NOON = Instant.parse("2026-11-19T03:00:00Z");

    private static final String OF_OTHERS = "Others";

    private final SubjectKeys keys = new SubjectKeys(new ConfiguredKeyring(Map.of("k", new byte[32]), "k", "k"));
    private final ForgetSubjects forget = new ForgetSubjects(keys);
    private final UUID subject = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private DataSource database;
    private Inbox inbox;
    private long offset;

    @BeforeEach
    void anInbox() throws SQLException, java.io.IOException {
        database = TestDatabase.create();
        for (var script : List.of("V0010__idempotency.sql", "V0031__answers_name_subjects.sql")) {
            try (var file = Objects.requireNonNull(TestDatabase.class.getResourceAsStream("/db/runtime/" + script))) {
                TestDatabase.execute(database, new String(file.readAllBytes(), UTF_8));
            }
        }
        TestDatabase.execute(database, "CREATE TABLE diary (entry text)");
        inbox = new Inbox("testing", Transactions.of(database), new Outbox(), new Diary(), step -> {});
    }

    @Test
    void aFailedEventDoesNotHoldUpTheErasureThatMakesItMoot() throws SQLException {
        inbox.receive(List.of(event(subject, "rejected"), event(subject, "behind"), event(subject, "early")));

        inbox.receive(List.of(event(subject, "behind"), event(subject, "erase"), event(subject, "late")));

        assertThat(parked()).isEmpty();
        assertThat(TestDatabase.query(database, "SELECT entry FROM diary"))
                .as("a late event finds nothing to write to")
                .isEmpty();
    }

    @Test
    void whatIsParkedOfOthersStays() throws SQLException {
        inbox.receive(List.of(event(other, "rejected"), event(subject, "rejected")));

        inbox.receive(List.of(event(subject, "erase")));

        assertThat(parked()).containsExactly(other + " FAILED");
    }

    @Test
    void whatWaitedBehindAFailedEventOfTheSubjectAndIsAboutAnotherIsApplied() throws SQLException {
        inbox.receive(
                List.of(event(subject, "rejected"), event(OF_OTHERS, subject, "behind"), event(subject, "behind")));

        inbox.receive(List.of(event(subject, "erase")));

        assertThat(parked()).isEmpty();
        assertThat(TestDatabase.query(database, "SELECT entry FROM diary")).containsExactly("written");
    }

    @Test
    void whatIsAboutAnotherAndCannotBeAppliedStaysForSomebodyToReplay() throws SQLException {
        inbox.receive(List.of(event(OF_OTHERS, subject, "rejected")));

        inbox.receive(List.of(event(subject, "erase")));

        assertThat(parked()).containsExactly(subject + " FAILED");
    }

    @Test
    void answersRememberedForEverOfTheSubjectAreForgotten() throws SQLException {
        TestDatabase.execute(database, """
                INSERT INTO idempotency (scope, expires_at, subjects) VALUES
                    ('\\x01', 'infinity', ARRAY['child:%1$s', 'report:r']), ('\\x02', 'infinity', ARRAY['report:r']),
                    ('\\x03', 'infinity', ARRAY['child:%2$s']), ('\\x04', 'infinity', NULL)""".formatted(subject, other));

        Transactions.of(database).run(tx -> {
            forget.forget(tx, List.of(subject), List.of("child:" + subject, "report:r"), NOON);
            return subject;
        });

        assertThat(TestDatabase.query(database, "SELECT scope FROM idempotency ORDER BY scope"))
                .containsExactly("\\x03", "\\x04");
    }

    private List<String> parked() throws SQLException {
        return TestDatabase.query(database, "SELECT key || ' ' || reason FROM inbox_parked ORDER BY seq");
    }

    private ReceivedEvent event(UUID key, String entry) {
        return event("Diary", key, entry);
    }

    private ReceivedEvent event(String topic, UUID key, String entry) {
        return new ReceivedEvent(EventIds.next(), topic, 0, offset++, key.toString(), Map.of(), entry.getBytes(UTF_8));
    }

    /** Erases, rejects, waits or writes, as the event says. */
    private final class Diary implements EventHandler {
        @Override
        public boolean overtakes(ReceivedEvent event) {
            return Arrays.equals(event.payload(), "erase".getBytes(UTF_8));
        }

        @Override
        public Outcome handle(ReceivedEvent event, Connection tx) throws SQLException {
            if (overtakes(event)) {
                var key = UUID.fromString(event.key());
                forget.forget(tx, List.of(key), List.of("child:" + key), List.of(OF_OTHERS), NOON);
                try (var delete = tx.prepareStatement("DELETE FROM diary")) {
                    delete.executeUpdate();
                }
                return Outcome.APPLIED;
            }
            if (!event.topic().equals(OF_OTHERS) && forget.isForgotten(tx, event.key())) {
                return Outcome.STALE;
            }
            return switch (new String(event.payload(), UTF_8)) {
                case "rejected" -> new Outcome.Rejected("NO_GOOD");
                case "early" -> new Outcome.Early("TOO_EARLY");
                default -> write(tx);
            };
        }

        private static Outcome write(Connection tx) throws SQLException {
            try (var insert = tx.prepareStatement("INSERT INTO diary VALUES ('written')")) {
                insert.executeUpdate();
            }
            return Outcome.APPLIED;
        }
    }
}
