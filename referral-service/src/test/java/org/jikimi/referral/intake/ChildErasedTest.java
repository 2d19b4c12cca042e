package org.jikimi.referral.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jikimi.referral.TestDatabase;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.referral.agency.AgencyState;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The registry has erased a child: its referrals, places and exclusions go too. */
class ChildErasedTest {
    private static final UUID CHILD = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0001L);
    private static final UUID ALIAS = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0002L);

    /** What may still tell the pseudonym: that it was erased, and what was told before, which goes by itself. */
    private static final String KNOWS_IDS = "^(subject_key|outbox.*|inbox(_[ow].*)?|audit.*|flyway.*)$";

    private World world;
    private UUID accused;
    private UUID other;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
        accused = world.agency(AgencyKind.CPA, 1, "CASE_MANAGEMENT", 5);
        other = world.agency(AgencyKind.CPA, 2, "CASE_MANAGEMENT", 5);
    }

    @Test
    void whatWasKeptOfTheChildAndItsAliasIsNowhereAndThatIsAcknowledged() throws SQLException {
        served();
        handle(event("AbuseReported", ALIAS, Map.of("excludedAgencyIds", List.of(accused.toString()))));
        end();
        assertThat(traces(CHILD)).contains("referral");
        assertThat(traces(ALIAS)).containsExactly("exclusion");

        handle(erased());
        handle(erased());

        assertThat(traces(CHILD)).isEmpty();
        assertThat(traces(ALIAS)).isEmpty();
        assertThat(world.query("SELECT count(*) FROM referral_offer")).containsExactly("0");
        assertThat(world.query("SELECT DISTINCT key FROM outbox WHERE type = 'ReferralDataErased'"))
                .containsExactly(CHILD.toString());
    }

    @Test
    void aChildWhomAnAgencyServesKeepsThatUntilItEnds() throws SQLException {
        served();
        handle(erased());
        assertThat(traces(CHILD)).contains("referral");
        assertThat(world.query("SELECT 1 FROM outbox WHERE type = 'ReferralDataErased'"))
                .isEmpty();

        end();
        world.clock.passes(Duration.ofDays(1));
        world.runDue();

        assertThat(traces(CHILD)).isEmpty();
        assertThat(world.query("SELECT 1 FROM outbox WHERE type = 'ReferralDataErased'"))
                .hasSize(1);
    }

    @Test
    void aChildForWhomAnAgencyOrABedIsStillSoughtKeepsThatUntilItEnds() throws SQLException {
        world.becomes(accused, AgencyState.CLOSED);
        world.becomes(other, AgencyState.CLOSED);
        served();
        handle(event(
                "ProtectiveMeasureTaken",
                CHILD,
                Map.of("placeNeeded", true, "siblingIds", List.of(), "excludedAgencyIds", List.of())));
        assertThat(world.query("SELECT state FROM referral UNION ALL SELECT state FROM placement"))
                .containsExactly("UNPLACED", "UNPLACED");

        handle(erased());
        assertThat(traces(CHILD)).contains("referral", "placement");
        TestDatabase.execute(world.database, "UPDATE referral SET state = 'CANCELLED'");
        world.clock.passes(Duration.ofDays(1));
        world.runDue();
        assertThat(traces(CHILD)).contains("placement");
        TestDatabase.execute(
                world.database, "UPDATE placement SET state = 'RELEASED', fallback = NULL WHERE state = 'UNPLACED'");
        world.clock.passes(Duration.ofDays(1));
        world.runDue();

        assertThat(traces(CHILD)).isEmpty();
        assertThat(world.query("SELECT 1 FROM outbox WHERE type = 'ReferralDataErased'"))
                .hasSize(1);
    }

    @Test
    void aMeasureHeardWhileASiblingIsErasedSeeksNoPlaceForThatOne() throws Exception {
        var sibling = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0003L);
        var heard = event(
                "ProtectiveMeasureTaken",
                sibling,
                Map.of(
                        "placeNeeded",
                        true,
                        "siblingIds",
                        List.of(CHILD.toString()),
                        "excludedAgencyIds",
                        List.of(accused.toString())));
        try (var consumer = Executors.newSingleThreadExecutor()) {
            var hearing = world.transactions.run(tx -> {
                world.erase.erase(tx, CHILD, List.of());
                var waiting = consumer.submit(() -> world.transactions.run(other -> world.intake.handle(heard, other)));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> waiting.isDone()
                                || !world.query("SELECT 1 FROM pg_locks WHERE NOT granted")
                                        .isEmpty());
                return waiting;
            });
            assertThat((Object) hearing.get()).isEqualTo(Outcome.APPLIED);
        }

        assertThat(world.query("SELECT child_id FROM placement")).containsExactly(sibling.toString());
        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void whatIsHeardOfTheChildBeforeOrAfterLeavesNothingBehind() throws SQLException {
        var reported = event("AbuseReported", CHILD, Map.of("excludedAgencyIds", List.of(accused.toString())));
        var moved = event("ChildMoved", CHILD, Map.of());
        var orders = new EitherOrder(
                world.database, "SELECT child_id::text FROM exclusion UNION ALL SELECT child_id::text FROM child_move");

        for (var order : List.of(
                List.of(reported, moved, erased()),
                List.of(reported, erased(), moved),
                List.of(erased(), reported, moved))) {
            assertThat(orders.after(order, (event, tx) -> !(world.intake.handle(event, tx) instanceof Outcome.Early)))
                    .isEmpty();
        }
    }

    /** The survivor moved, was told from the alias again, and was erased; the alias lives, and an agency is asked for it. */
    @Test
    void whoeverWasAnAliasOfTheChildAndLivesGoesHomeInWhateverOrderThatIsHeard() throws SQLException {
        handle(event(
                "CaseOpened",
                ALIAS,
                Map.of("districtCode", "11110", "dongCode", "1111051500", "excludedAgencyIds", List.of())));
        var ends = new EitherOrder(world.database, """
                SELECT district_code FROM referral
                UNION ALL SELECT a::text FROM child_alias a
                UNION ALL SELECT 'of the child: ' || child_id FROM child_move WHERE child_id = '%s' OR by_merge
                """.formatted(CHILD))
                .afterEveryOrder(
                        List.of(
                                event("ChildIdentityMerged", CHILD, merged(2)),
                                event(
                                        "ChildMoved",
                                        CHILD,
                                        Map.of(
                                                "version",
                                                50,
                                                "fromDistrictCode",
                                                World.DISTRICT,
                                                "districtCode",
                                                "11680",
                                                "dongCode",
                                                "1168051500")),
                                event("ChildIdentitySplit", CHILD, split(3)),
                                event("ChildErased", CHILD, Map.of("aliasIds", List.of()))),
                        ReceivedEvent::id,
                        (event, tx) -> !(world.intake.handle(event, tx) instanceof Outcome.Early));

        assertThat(ends.keySet()).containsExactly(List.of("11110", "(" + ALIAS + "," + ALIAS + ",3,f)"));
    }

    @Test
    void aSplitThatWaitsBehindAFailedEventOfTheErasedChildIsHeardOfTheOneWhoLives() throws SQLException {
        var inbox = new Inbox("referral", world.transactions, new Outbox(), world.intake, step -> {});
        inbox.receive(List.of(
                event("ChildIdentityMerged", CHILD, merged(2)),
                event("AbuseDetermined", CHILD, Map.of("determination", "STRANGE")),
                event("ChildIdentitySplit", CHILD, split(3))));
        assertThat(world.query("SELECT reason FROM inbox_parked ORDER BY seq")).containsExactly("FAILED", "BEHIND");

        inbox.receive(List.of(event("ChildErased", CHILD, Map.of("aliasIds", List.of()))));

        assertThat(world.query("SELECT reason FROM inbox_parked")).isEmpty();
        assertThat(world.query("SELECT version || ' ' || active FROM child_alias"))
                .containsExactly("3 false");
        assertThat(traces(CHILD)).isEmpty();
    }

    @Test
    void anAliasThatWasSplitAndErasedLeavesNothingBehindInTheNameOfTheOther() throws SQLException {
        var orders = new EitherOrder(
                world.database,
                "SELECT alias_id::text FROM child_alias UNION ALL SELECT child_id::text FROM child_move");

        assertThat(orders.afterEveryOrder(
                                List.of(
                                        event("ChildIdentityMerged", CHILD, merged(2)),
                                        event("ChildIdentitySplit", CHILD, split(3)),
                                        event("ChildErased", ALIAS, Map.of("aliasIds", List.of()))),
                                ReceivedEvent::id,
                                (event, tx) -> !(world.intake.handle(event, tx) instanceof Outcome.Early))
                        .keySet())
                .containsExactly(List.of());
    }

    private static Map<String, Object> merged(int version) {
        return Map.of(
                "mergedChildId",
                ALIAS.toString(),
                "mergedChildVersion",
                version,
                "mergedDistrictCode",
                "11110",
                "mergedDongCode",
                "1111051500");
    }

    private static Map<String, Object> split(int version) {
        return Map.of(
                "splitChildId",
                ALIAS.toString(),
                "splitChildVersion",
                version,
                "splitDistrictCode",
                "11110",
                "splitDongCode",
                "1111051500");
    }

    private void served() throws SQLException {
        handle(event("CaseOpened", CHILD, Map.of("excludedAgencyIds", List.of())));
    }

    private void end() throws SQLException {
        TestDatabase.execute(world.database, "UPDATE referral SET state = 'COMPLETED'");
    }

    private void handle(ReceivedEvent event) throws SQLException {
        world.transactions.run(tx -> world.intake.handle(event, tx));
    }

    private List<String> traces(UUID id) throws SQLException {
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

    private static ReceivedEvent erased() {
        return event("ChildErased", CHILD, Map.of("aliasIds", List.of(ALIAS.toString())));
    }

    private static ReceivedEvent event(String topic, UUID child, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        var fields = new HashMap<>(changes);
        fields.put("childId", child.toString());
        return new ReceivedEvent(
                EventIds.next(),
                topic,
                0,
                0,
                child.toString(),
                Map.of("ce_type", type.ceType()),
                Goldens.payload(type, fields));
    }
}
