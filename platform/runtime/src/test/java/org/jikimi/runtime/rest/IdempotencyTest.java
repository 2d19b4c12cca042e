package org.jikimi.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final Instant NOON = Instant.parse("2026-11-19T03:00:00Z");
    private static final Map<String, Object> BODY = Map.of("name", "홍길동");

    private static DataSource database;
    private Idempotency idempotency = new Idempotency(new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1"));
    private Transactions transactions;

    @BeforeAll
    static void aDatabase() throws SQLException, IOException {
        database = TestDatabase.create();
        for (var script : List.of("V0010__idempotency.sql", "V0031__answers_name_subjects.sql")) {
            try (var file =
                    Objects.requireNonNull(IdempotencyTest.class.getResourceAsStream("/db/runtime/" + script))) {
                TestDatabase.execute(database, new String(file.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    @BeforeEach
    void nothingRemembered() throws SQLException {
        transactions = Transactions.of(database);
        TestDatabase.execute(database, "TRUNCATE idempotency");
    }

    /** Answers what was remembered; else remembers this text as the answer and answers nothing. */
    private Optional<String> ask(String key, Object body, Remember remember, Instant now, String answer)
            throws SQLException {
        return transactions.run(tx -> {
            var claim = idempotency.claim("p1", "note.add", "/notes", key, body);
            var replay = claim.take(tx, remember, now);
            if (replay == null) {
                var written = new Written(201, answer.getBytes(StandardCharsets.UTF_8), 1L, "/notes/1");
                claim.remember(tx, written, List.of("note:1"), Set.of("writer"));
                return Optional.empty();
            }
            assertThat(replay.subjects()).containsExactly("note:1");
            return Optional.ofNullable(replay.answer().body()).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        });
    }

    @Test
    void anAnswerIsRememberedForADay() throws SQLException {
        assertThat(ask("k", BODY, Remember.A_DAY, NOON, "first")).isEmpty();
        assertThat(ask("k", BODY, Remember.A_DAY, NOON.plus(Duration.ofHours(24)), "second"))
                .contains("first");
        assertThat(ask("k", BODY, Remember.A_DAY, NOON.plus(Duration.ofHours(25)), "third"))
                .isEmpty();
        assertThat(ask("k", BODY, Remember.A_DAY, NOON.plus(Duration.ofHours(26)), "fourth"))
                .contains("third");
    }

    @Test
    void theAnswerToAReportIsRememberedForEver() throws SQLException {
        assertThat(ask("k", BODY, Remember.FOR_EVER, NOON, "first")).isEmpty();
        assertThat(ask("k", BODY, Remember.FOR_EVER, NOON.plus(Duration.ofDays(36_500)), "second"))
                .contains("first");
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() throws SQLException {
        ask("k", BODY, Remember.A_DAY, NOON, "first");
        assertThatThrownBy(() -> ask("k", Map.of("name", "다른 사람"), Remember.A_DAY, NOON, "second"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problems.KEY_REUSED));
    }

    @Test
    void aRepeatIsKnownAfterBothKeysWereRotatedAndAnotherBodyIsStillRefused() throws SQLException {
        idempotency = new Idempotency(new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1"));
        ask("k", BODY, Remember.FOR_EVER, NOON, "first");

        idempotency = new Idempotency(new ConfiguredKeyring(Map.of("k1", key(1), "k2", key(2)), "k2", "k2"));

        assertThat(ask("k", BODY, Remember.FOR_EVER, NOON, "second")).contains("first");
        assertThatThrownBy(() -> ask("k", Map.of("name", "다른 사람"), Remember.FOR_EVER, NOON, "third"))
                .isInstanceOfSatisfying(
                        ProblemException.class, e -> assertThat(e.problem()).isEqualTo(Problems.KEY_REUSED));
    }

    @Test
    void theBodyIsKeptAsAKeyedHashAlone() throws Exception {
        var keys = new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1");
        idempotency = new Idempotency(keys);
        ask("k", BODY, Remember.A_DAY, NOON, "first");

        var scope = TestDatabase.query(database, "SELECT encode(scope, 'hex') FROM idempotency")
                .getFirst();
        var sealed = TestDatabase.query(database, "SELECT encode(sealed, 'hex') FROM idempotency")
                .getFirst();

        var body = "{\"name\":\"홍길동\"}".getBytes(StandardCharsets.UTF_8);
        var sha = MessageDigest.getInstance("SHA-256").digest(body);
        assertThat(new String(
                        keys.decrypt(HexFormat.of().parseHex(sealed), "idempotency:" + scope), StandardCharsets.UTF_8))
                .contains(HexFormat.of().formatHex(keys.mac("idempotency", body)))
                .doesNotContain(HexFormat.of().formatHex(sha), "홍길동");
    }

    private static byte[] key(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    @Test
    void nothingOfBodyAnswerOrKeyIsReadableInTheDatabase() throws SQLException {
        ask("key-of-hong", BODY, Remember.A_DAY, NOON, "{\"name\":\"Hong\"}");
        assertThat(TestDatabase.query(
                        database, "SELECT encode(scope, 'escape') || encode(sealed, 'escape') FROM idempotency"))
                .singleElement()
                .asString()
                .doesNotContain("hong", "Hong", "note", "p1");
    }

    @Test
    void expiredAnswersAreDroppedByThoseThatFollow() throws SQLException {
        for (int i = 0; i < 5; i++) {
            ask("old" + i, BODY, Remember.A_DAY, NOON, "x");
        }
        for (int i = 0; i < 2; i++) {
            ask("new" + i, BODY, Remember.A_DAY, NOON.plus(Duration.ofDays(2)), "x");
        }
        assertThat(TestDatabase.query(database, "SELECT count(*) FROM idempotency"))
                .containsExactly("2");
    }
}
