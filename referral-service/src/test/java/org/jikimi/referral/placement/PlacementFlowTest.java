package org.jikimi.referral.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jikimi.referral.TestDatabase;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.AgencyState;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Beds for children, on PostgreSQL. */
class PlacementFlowTest {
    private World world;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
    }

    @Test
    void siblingsGetBedsInOneShelterAndEachIsTold() throws SQLException {
        world.shelter(1, 2, World.DISTRICT);
        var roomy = world.shelter(2, 5, World.DISTRICT);

        var need = reserve(3);

        assertThat(beds(need)).containsExactly(roomy + " 1", roomy + " 2", roomy + " 3");
        assertThat(world.query("SELECT type || ' ' || (convert_from(payload, 'UTF8')::json->>'siblingsTogether') "
                        + "FROM outbox"))
                .containsOnly("PlacementReserved true")
                .hasSize(3);
    }

    @Test
    void siblingsAreSplitTogetherWithTheReason() throws SQLException {
        world.shelter(1, 2, World.DISTRICT);
        world.shelter(2, 2, World.DISTRICT);

        reserve(3);

        assertThat(world.query("SELECT DISTINCT state || ' ' || together || ' ' || split_reason FROM placement"))
                .containsExactly("RESERVED false NO_SHELTER_HAS_ROOM_FOR_ALL");
        assertThat(world.query("SELECT DISTINCT convert_from(payload, 'UTF8')::json->>'splitReason' FROM outbox"))
                .containsExactly("NO_SHELTER_HAS_ROOM_FOR_ALL");
    }

    @Test
    void withoutABedAChildWaitsVisiblyAndGetsTheNextOneThatIsFree() throws SQLException {
        world.shelter(1, 1, World.DISTRICT);
        var first = reserve(1);
        var waiting = reserve(1);
        assertThat(find(waiting))
                .extracting(Placement::state, Placement::fallback)
                .containsExactly(PlacementState.UNPLACED, Fallback.EMERGENCY_FOSTER_CARE);

        world.transactions.run(tx -> world.placements.discharge(tx, find(first).id()));
        world.runDue();

        assertThat(find(waiting).state()).isEqualTo(PlacementState.RESERVED);
        assertThat(world.query("SELECT type FROM outbox WHERE key = '" + child(waiting) + "' ORDER BY seq"))
                .containsExactly("PlacementUnavailable", "PlacementReserved");
    }

    @Test
    void aWaitThatIsNoLongerNeededIsEndedAndToldAndNoBedIsSoughtAnyMore() throws SQLException {
        var waiting = reserve(1);
        assertThat(find(waiting).state()).isEqualTo(PlacementState.UNPLACED);

        world.transactions.run(
                tx -> world.placements.discharge(tx, find(waiting).id()));
        world.shelter(1, 1, World.DISTRICT);
        world.runDue();

        assertThat(find(waiting).state()).isEqualTo(PlacementState.DISCHARGED);
        assertThat(world.query("SELECT type || ' ' || (convert_from(payload, 'UTF8')::json->>'state') || ' ' "
                        + "|| (convert_from(payload, 'UTF8')::json->>'version') FROM outbox ORDER BY seq"))
                .containsExactly("PlacementUnavailable UNPLACED 1", "PlacementEnded DISCHARGED 2");
    }

    @Test
    void aChildWhoWaitsGetsABedOfAShelterThatOpensAgain() throws SQLException {
        var shelter = world.shelter(1, 3, World.DISTRICT);
        world.becomes(shelter, AgencyState.RENOVATING);
        var need = reserve(2);
        assertThat(world.query("SELECT DISTINCT state FROM placement")).containsExactly("UNPLACED");

        world.becomes(shelter, AgencyState.OPEN);
        world.runDue();

        assertThat(beds(need)).containsExactly(shelter + " 1", shelter + " 2");
    }

    @Test
    void aShelterElsewhereIsProposedAndASupervisorReservesThere() throws SQLException {
        var elsewhere = world.shelter(1, 1, World.ELSEWHERE);
        var need = reserve(1);
        assertThat(find(need).fallback()).isEqualTo(Fallback.NEIGHBOURING_DISTRICT);

        var result = world.transactions.run(tx -> world.placements.move.reserveIn(tx, find(need), elsewhere));

        assertThat(result).isInstanceOf(MovePlacement.Result.Moved.class);
        assertThat(beds(need)).containsExactly(elsewhere + " 1");
    }

    @Test
    void theSameMeasureAndOneOfASiblingPlaceNobodyTwice() throws SQLException {
        world.shelter(1, 7, World.DISTRICT);
        var need = reserve(2);

        reserve(need);
        reserve(new Need(UUID.randomUUID(), need.children().reversed(), World.DISTRICT, null, UUID.randomUUID()));

        assertThat(world.query("SELECT count(*) FROM placement")).containsExactly("2");
        assertThat(world.query("SELECT count(*) FROM outbox")).containsExactly("2");
    }

    @Test
    void aRepeatedMeasureDoesNotBringADischargedChildBack() throws SQLException {
        world.shelter(1, 7, World.DISTRICT);
        var need = reserve(1);
        world.transactions.run(tx -> world.placements.discharge(tx, find(need).id()));

        reserve(need);

        assertThat(world.query("SELECT state FROM placement")).containsExactly("DISCHARGED");
    }

    @Test
    void siblingGroupsThatRaceForBedsNeverShareOneAndAreNeverTornApartWithoutReason() throws Exception {
        world.shelter(1, 5, World.DISTRICT);
        world.shelter(2, 4, World.DISTRICT);
        var needs = Stream.generate(() -> need(2)).limit(8).toList();
        var works = new ArrayList<Transactions.Work<Boolean>>();
        for (var need : needs) {
            works.add(tx -> {
                world.placements.place.reserve(tx, need, null);
                return true;
            });
        }

        world.atOnce(works);

        assertThat(world.query("SELECT count(*) || ' ' || count(DISTINCT (agency_id, bed)) FROM placement "
                        + "WHERE state = 'RESERVED'"))
                .containsExactly("8 8");
        assertThat(world.query("SELECT count(*) FROM (SELECT group_id FROM placement WHERE state = 'RESERVED' "
                        + "GROUP BY group_id HAVING count(*) <> 2 OR count(DISTINCT agency_id) > 1 AND bool_or(together)"
                        + ") AS torn"))
                .containsExactly("0");
        assertThat(world.query("SELECT count(*) FROM placement WHERE state = 'UNPLACED'"))
                .containsExactly("8");
    }

    @Test
    void theSameChildrenFromTwoMeasuresAtOncePlaceNobodyTwice() throws Exception {
        world.shelter(1, 7, World.DISTRICT);
        var need = need(3);
        var other = new Need(UUID.randomUUID(), need.children(), World.DISTRICT, null, UUID.randomUUID());
        var works = new ArrayList<Transactions.Work<Boolean>>();
        for (var one : List.of(need, other, need, other)) {
            works.add(tx -> {
                world.placements.place.reserve(tx, one, null);
                return true;
            });
        }

        world.atOnce(works);

        assertThat(world.query("SELECT count(*) || ' ' || count(DISTINCT child_id) FROM placement"))
                .containsExactly("3 3");
    }

    @Test
    void theDatabaseItselfRefusesASecondChildInABed() throws SQLException {
        world.shelter(1, 1, World.DISTRICT);
        reserve(1);

        assertThatThrownBy(() -> TestDatabase.execute(world.database, """
                INSERT INTO placement SELECT gen_random_uuid(), version, state, group_id, gen_random_uuid(),
                    district_code, measure_id, correlation_id, agency_id, bed, together, split_reason, fallback,
                    requested_at, held_until, ended_reason, changed_at FROM placement"""))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("placement_bed");
    }

    @Test
    void aHoldThatNobodyConfirmsGivesItsBedToWhoeverWaits() throws SQLException {
        world.shelter(1, 1, World.DISTRICT);
        var held = hold();
        var waiting = reserve(1);

        world.clock.passes(Duration.ofHours(4));
        world.runDue();

        assertThat(find(held).state()).isEqualTo(PlacementState.RELEASED);
        assertThat(find(waiting).state()).isEqualTo(PlacementState.RESERVED);
    }

    @Test
    void aMeasureReservesTheBedThatWasHeldForTheChild() throws SQLException {
        world.shelter(1, 1, World.DISTRICT);
        var held = hold();

        reserve(new Need(UUID.randomUUID(), held.children(), World.DISTRICT, UUID.randomUUID(), UUID.randomUUID()));
        world.clock.passes(Duration.ofDays(1));
        world.runDue();

        assertThat(find(held).state()).isEqualTo(PlacementState.RESERVED);
        assertThat(world.query("SELECT count(*) FROM placement")).containsExactly("1");
    }

    private Need need(int children) {
        return new Need(
                UUID.randomUUID(),
                Stream.generate(UUID::randomUUID).limit(children).toList(),
                World.DISTRICT,
                null,
                UUID.randomUUID());
    }

    private Need reserve(int children) throws SQLException {
        var need = need(children);
        reserve(need);
        world.clock.passes(Duration.ofSeconds(1));
        return need;
    }

    private void reserve(Need need) throws SQLException {
        world.transactions.run(tx -> {
            world.placements.place.reserve(tx, need, null);
            return true;
        });
    }

    private Need hold() throws SQLException {
        var need = need(1);
        world.transactions.run(tx -> world.placements.place.hold(tx, need, child(need)));
        return need;
    }

    private static UUID child(Need need) {
        return need.children().getFirst();
    }

    private Placement find(Need need) throws SQLException {
        return world.transactions.run(tx -> world.placements
                .find(tx, Placement.idOf(need.groupId(), child(need)))
                .orElseThrow());
    }

    private List<String> beds(Need need) throws SQLException {
        return world.query("SELECT agency_id || ' ' || bed FROM placement WHERE group_id = '" + need.groupId()
                + "' ORDER BY agency_id, bed");
    }
}
