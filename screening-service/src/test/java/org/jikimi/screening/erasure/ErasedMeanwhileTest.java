package org.jikimi.screening.erasure;

import static io.restassured.RestAssured.given;
import static java.util.concurrent.TimeUnit.MICROSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.jikimi.screening.registry.SendChildren.child;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.outcome.JoinOutcome;
import org.jikimi.screening.registry.Identifiers;
import org.jikimi.screening.registry.RegistryLock;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.ChildStates;
import org.jikimi.testkit.ServiceParts;
import org.jikimi.testkit.TestTokens;
import org.jikimi.testkit.TestTokens.Bearer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** New work for a child arrives at the moment in which the night erases it: whichever is first, all of the other knows. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class ErasedMeanwhileTest {
    private static final Bearer OFFICER = TestTokens.of("erasing-officer", "dong-officer")
            .agency(new UUID(0, 1))
            .districts("11350");
    private static final Bearer REGISTER =
            TestTokens.of("register", "partner-agency").sourceKind("resident-register");
    private static final Bearer CLINIC =
            TestTokens.of("clinic", "partner-agency").sourceKind("clinic");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int TIMES = 8;
    private static final AtomicInteger NEXT = new AtomicInteger();

    /** What is left of a child, in one word each; nothing if it was erased as a whole. */
    private static final String LEFT = """
            SELECT 'child' FROM child WHERE id = :id
            UNION ALL SELECT 'identifier' FROM child_identifier WHERE child_id = :id
            UNION ALL SELECT 'state' FROM child_state WHERE child_id = :id
            UNION ALL SELECT 'signal' FROM signal WHERE child_id = :id
            UNION ALL SELECT 'flag' FROM flag WHERE child_id = :id
            UNION ALL SELECT 'work' FROM open_work WHERE child_id = :id
            UNION ALL SELECT 'request' FROM rights_request WHERE child_id = :id
            UNION ALL SELECT 'alias' FROM child_alias WHERE child_id = :id OR alias_id = :id
            UNION ALL SELECT 'decision' FROM identity_decision WHERE child_id = :id OR other_id = :id
            UNION ALL SELECT 'household' FROM child c
                WHERE c.id = :id AND NOT EXISTS (SELECT 1 FROM household h WHERE h.id = c.household_id)""";

    @Inject
    Transactions transactions;

    @Inject
    Events events;

    @Inject
    ForgetSubjects forget;

    @Inject
    SubjectKeys subjects;

    @Inject
    Keyring keys;

    @Inject
    Times times;

    private final Random random = new Random(19);

    @BeforeEach
    void noRoundIsAtWork() throws SQLException {
        transactions.run(tx -> Sql.on(tx)
                .createUpdate("UPDATE round SET state = 'CLOSED', work = NULL WHERE work IS NOT NULL")
                .execute());
    }

    @Test
    void aRequestForItsDataFindsNobody() throws Exception {
        var child = grown();

        assertThat(whileErased(() -> request(child)).statusCode()).isEqualTo(404);

        assertThat(left(child)).isEmpty();
    }

    @Test
    void aSignalThatWouldFlagFindsNobody() throws Exception {
        var child = grown();

        var answer = whileErased(() -> signal(child));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.<String>path("code")).isEqualTo("unknown-subject");
        assertThat(left(child)).isEmpty();
    }

    @Test
    void aMergeFindsNobody() throws Exception {
        var child = grown();
        var other = young();

        assertThat(whileErased(() -> merge(other, child)).statusCode()).isEqualTo(404);

        assertThat(left(child)).isEmpty();
        assertThat(left(other)).containsOnly("child", "identifier", "state");
    }

    @Test
    void aDecisionThatItIsNotTheSameAsAnotherFindsNobody() throws Exception {
        var child = grown();
        var other = young();

        var answer = whileErased(() -> post(
                OFFICER,
                "children/distinctions",
                "{\"childId\":\"%s\",\"otherId\":\"%s\",\"reason\":\"TWINS\"}".formatted(child, other)));

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(left(child)).isEmpty();
    }

    @Test
    void aProvisionalSiblingIsNotPutIntoTheHouseholdThatWentWithTheChild() throws Exception {
        var child = grown();

        var answer = whileErased(() -> post(
                OFFICER,
                "children/provisional",
                "{\"districtCode\":\"11350\",\"dongCode\":\"1135056000\",\"siblingOf\":\"%s\"}".formatted(child)));

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(422);
        assertThat(answer.<String>path("field")).isEqualTo("siblingOf");
    }

    @Test
    void aProvisionalSiblingIsPutWhereTheChildLivesWhoseOldHouseholdIsErasedMeanwhile() throws Exception {
        var child = young();
        var moved = homeOf(young());
        var old = homeOf(child);
        var answer = transactions.run(tx -> {
            ChildStates.lockHouseholds(tx, List.of(old, moved));
            var waiting = CompletableFuture.supplyAsync(() -> post(
                    OFFICER,
                    "children/provisional",
                    "{\"birthDate\":\"2016-05-01\",\"districtCode\":\"11350\",\"dongCode\":\"1135056000\",\"siblingOf\":\"%s\"}"
                            .formatted(child)));
            await("it waits").atMost(SOON).until(() -> waiting.isDone() || somebodyWaits());
            Sql.on(tx)
                    .createUpdate("UPDATE child SET household_id = :moved WHERE id = :child")
                    .bind("moved", moved)
                    .bind("child", child)
                    .execute();
            Sql.on(tx)
                    .createUpdate("DELETE FROM household WHERE id = :old")
                    .bind("old", old)
                    .execute();
            return waiting;
        });

        var created = answer.join();
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(homeOf(UUID.fromString(created.path("childId")))).isEqualTo(moved);
    }

    private UUID homeOf(UUID child) throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT household_id FROM child WHERE id = :child")
                .bind("child", child)
                .mapTo(UUID.class)
                .one());
    }

    @Test
    void aChildThatAnotherWasJustMergedIntoWaitsForTheNextNight() throws Exception {
        var child = grown();
        var alias = grown();
        var night = transactions.run(merging -> {
            RegistryLock.take(merging);
            Aliases.change(merging);
            var erasing = CompletableFuture.runAsync(this::erase);
            await("it has found whom to erase").atMost(SOON).until(() -> erasing.isDone() || somebodyWaits());
            Sql.on(merging)
                    .createUpdate("INSERT INTO child_alias (alias_id, child_id) VALUES (:alias, :child)")
                    .bind("alias", alias)
                    .bind("child", child)
                    .execute();
            return erasing;
        });
        night.join();

        assertThat(left(child)).contains("child");
        assertThat(left(alias)).contains("child");

        erase();

        assertThat(left(child)).isEmpty();
        assertThat(left(alias)).isEmpty();
    }

    @Test
    void whicheverIsFirstTheChildIsErasedAsAWholeOrKeptWithItsWork() throws Exception {
        for (int i = 0; i < TIMES; i++) {
            var flagged = grown();
            endsWell(flagged, () -> signal(flagged).statusCode(), 201, "flag");
            var asking = grown();
            endsWell(asking, () -> request(asking).statusCode(), 201, "request");
            var merged = grown();
            var other = young();
            endsWell(merged, () -> merge(other, merged).statusCode(), 200, "alias");
            var visited = grown();
            endsWell(visited, () -> caseIsOpened(visited), 201, "work");
        }
    }

    private interface Arriving {
        int arrive() throws Exception;
    }

    /** Erases while the work arrives, a little earlier or later. */
    private void endsWell(UUID child, Arriving work, int done, String trace) throws Exception {
        var start = new CyclicBarrier(2);
        var night = at(start, () -> {
            erase();
            return 0;
        });
        int answer = at(start, work).join();
        night.join();

        assertThat(answer).as("never a fault: " + trace).isLessThan(500);
        if (told(child) == 0) {
            assertThat(answer).as(trace).isEqualTo(done);
            assertThat(left(child)).contains("child", "identifier", trace);
        } else {
            assertThat(told(child)).isOne();
            assertThat(left(child)).as(trace).isEmpty();
            boolean destroyed = transactions.run(tx -> subjects.isDestroyed(tx, child));
            assertThat(destroyed).isTrue();
        }
    }

    private CompletableFuture<Integer> at(CyclicBarrier start, Arriving work) {
        var pause = MICROSECONDS.toNanos(random.nextInt(8_000));
        return CompletableFuture.supplyAsync(() -> {
            try {
                start.await();
                LockSupport.parkNanos(pause);
                return work.arrive();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    /** What is answered to something that arrives when all is erased and not yet committed. */
    private Response whileErased(Supplier<Response> arriving) throws SQLException {
        return transactions
                .run(tx -> {
                    erasing().now(tx);
                    var answer = CompletableFuture.supplyAsync(arriving);
                    await("it waits").atMost(SOON).until(() -> answer.isDone() || somebodyWaits());
                    return answer;
                })
                .join();
    }

    private boolean somebodyWaits() throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM pg_stat_activity "
                        + "WHERE wait_event_type = 'Lock' AND datname = current_database())")
                .mapTo(Boolean.class)
                .one());
    }

    private void erase() {
        try {
            transactions.run(tx -> {
                erasing().now(tx);
                return 0;
            });
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Erasing erasing() {
        return new Erasing(events, forget, transactions, times);
    }

    private Response request(UUID child) {
        return post(OFFICER, "children/" + child + "/rights-requests", """
                {"kind":"ACCESS","requester":"CHILD","identityCheck":"ID_DOCUMENT","receivedOn":"%s",
                 "text":"합성 요구서"}""".formatted(times.today()));
    }

    private Response signal(UUID child) {
        return post(CLINIC, "signals", """
                {"signalId":"%s","indicator":"SUSPECTED_ABUSE_MEDICAL_RECORD",
                 "subject":{"scheme":"CHILD_ID","value":"%s"},"observedOn":"%s"}""".formatted(UUID.randomUUID(), child, times.today()));
    }

    private static Response merge(UUID other, UUID survivor) {
        return send(
                OFFICER,
                "children/" + other + "/merges",
                "\"1\"",
                "{\"survivorId\":\"%s\",\"reason\":\"SAME_PERSON_SEEN\"}".formatted(survivor));
    }

    /** An event of the child, as the inbox handles it: 201 if it was applied, 409 if it came too late. */
    private int caseIsOpened(UUID child) throws SQLException {
        return transactions.run(tx -> {
            KeyLocks.lock(tx, List.of(child.toString()));
            return !forget.isForgotten(tx, child.toString())
                            && new JoinOutcome().caseIs(tx, UUID.randomUUID(), child, 1, true)
                    ? 201
                    : 409;
        });
    }

    private UUID grown() throws SQLException {
        return registered("2005-05-01");
    }

    private UUID young() throws SQLException {
        return registered("2016-05-01");
    }

    private UUID registered(String born) throws SQLException {
        var number = "EM-" + NEXT.incrementAndGet();
        given().header("Authorization", "Bearer " + REGISTER.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/x-ndjson")
                .body(child(number, "EMH-" + number, born).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/child-batches")
                .then()
                .statusCode(201);
        return transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT child_id FROM child_identifier WHERE mac = :mac")
                .bind("mac", Identifiers.mac(keys, "RRN", number))
                .mapTo(UUID.class)
                .one());
    }

    private List<String> left(UUID child) throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery(LEFT)
                .bind("id", child)
                .mapTo(String.class)
                .list());
    }

    /** How often the erasure of the child, or of the one whose alias it is, was told. */
    private long told(UUID child) throws SQLException {
        return transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT count(*) FROM outbox WHERE type = 'ChildErased' AND key = :child")
                .bind("child", child.toString())
                .mapTo(Long.class)
                .one());
    }

    private static Response post(Bearer who, String path, String body) {
        return send(who, path, null, body);
    }

    private static Response send(Bearer who, String path, @Nullable String etag, String body) {
        return given().headers(etag == null ? Map.of() : Map.of("If-Match", etag))
                .header("Authorization", "Bearer " + who.token())
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/api/v1/" + path);
    }
}
