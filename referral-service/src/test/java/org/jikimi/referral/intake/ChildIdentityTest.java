package org.jikimi.referral.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.referral.World;
import org.jikimi.referral.agency.AgencyKind;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two ids prove to be one child: whoever is accused in the matter of one has neither. */
class ChildIdentityTest {
    private static final UUID CHILD = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0001L);
    private static final UUID ALIAS = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0002L);

    private World world;
    private UUID accused;
    private UUID next;

    @BeforeEach
    void start() throws SQLException {
        world = new World();
        accused = world.agency(AgencyKind.CPA, 1, "CASE_MANAGEMENT", 5);
        next = world.agency(AgencyKind.CPA, 2, "CASE_MANAGEMENT", 5);
    }

    @Test
    void anAgencyAccusedInTheMatterOfOneIdLosesTheOtherInEveryOrder() throws SQLException {
        var opened = event("CaseOpened", Map.of("childId", CHILD.toString(), "excludedAgencyIds", List.of()));
        var reported = event(
                "AbuseReported", Map.of("childId", ALIAS.toString(), "excludedAgencyIds", List.of(accused.toString())));
        var merged = merged(2);
        var orders = new EitherOrder(world.database, "SELECT state || ' ' || agency_id FROM referral");

        for (var order : List.of(
                List.of(opened, reported, merged),
                List.of(opened, merged, reported),
                List.of(reported, opened, merged),
                List.of(reported, merged, opened),
                List.of(merged, opened, reported),
                List.of(merged, reported, opened))) {
            assertThat(orders.after(order, this::settles)).containsExactly("OFFERED " + next);
        }
    }

    @Test
    void anIdThatWasSplitIsAChildOfItsOwnWhicheverIsHeardFirst() throws SQLException {
        var orders = new EitherOrder(world.database, "SELECT active::text FROM child_alias");
        var split = event(
                "ChildIdentitySplit",
                Map.of(
                        "childId", CHILD.toString(),
                        "splitChildId", ALIAS.toString(),
                        "splitChildVersion", 3));

        for (var order : List.of(List.of(merged(2), split), List.of(split, merged(2)))) {
            assertThat(orders.after(order, this::settles)).containsExactly("false");
        }
    }

    @Test
    void workOfAnAliasIsWhereTheChildLivesAndGoesHomeWhenItIsSplitWhateverIsHeardFirst() throws SQLException {
        var opened = event(
                "CaseOpened",
                Map.of(
                        "childId",
                        ALIAS.toString(),
                        "districtCode",
                        "11110",
                        "dongCode",
                        "1111051500",
                        "excludedAgencyIds",
                        List.of()));
        var split = event(
                "ChildIdentitySplit",
                Map.of("childId", CHILD.toString(), "splitChildId", ALIAS.toString(), "splitChildVersion", 3));
        var orders = new EitherOrder(world.database, "SELECT district_code FROM referral");

        for (var order : List.of(List.of(opened, merged(2)), List.of(merged(2), opened))) {
            assertThat(orders.after(order, this::settles)).containsExactly(World.DISTRICT);
        }
        for (var order : List.of(
                List.of(opened, merged(2), split),
                List.of(merged(2), opened, split),
                List.of(merged(2), split, opened),
                List.of(opened, split, merged(2)))) {
            assertThat(orders.after(order, this::settles)).containsExactly("11110");
        }
        var afterAMove = event(
                "ChildIdentitySplit",
                Map.of(
                        "childId",
                        CHILD.toString(),
                        "splitChildId",
                        ALIAS.toString(),
                        "splitChildVersion",
                        3,
                        "districtCode",
                        "11680",
                        "dongCode",
                        "1168051500"));
        assertThat(orders.after(List.of(opened, merged(2), afterAMove), this::settles))
                .as("the child's move not heard yet")
                .containsExactly("11110");
    }

    @Test
    void workOfAnIdThatIsAnAliasOfAnotherChildNowFollowsThatOneWhateverIsHeardFirst() throws SQLException {
        var opened = event(
                "CaseOpened",
                Map.of(
                        "childId",
                        ALIAS.toString(),
                        "districtCode",
                        "11110",
                        "dongCode",
                        "1111051500",
                        "excludedAgencyIds",
                        List.of()));
        var split = event(
                "ChildIdentitySplit",
                Map.of("childId", CHILD.toString(), "splitChildId", ALIAS.toString(), "splitChildVersion", 3));
        var another = event(
                "ChildIdentityMerged",
                Map.of(
                        "mergedChildId",
                        ALIAS.toString(),
                        "mergedChildVersion",
                        4,
                        "mergedDistrictCode",
                        "11110",
                        "mergedDongCode",
                        "1111051500",
                        "districtCode",
                        "11680",
                        "dongCode",
                        "1168051500"));

        var ends = new EitherOrder(world.database, "SELECT district_code FROM referral")
                .afterEveryOrder(List.of(opened, merged(2), split, another), ReceivedEvent::id, this::settles);

        assertThat(ends.keySet()).containsExactly(List.of("11680"));
    }

    @Test
    void whereAnIdWentThatBecameAnAliasTheChildDidNotGo() throws SQLException {
        var opened = event("CaseOpened", Map.of("childId", CHILD.toString(), "excludedAgencyIds", List.of()));
        var moved = event(
                "ChildMoved", Map.of("childId", ALIAS.toString(), "version", 3, "fromDistrictCode", World.DISTRICT));
        var orders = new EitherOrder(world.database, "SELECT district_code FROM referral");

        for (var order : List.of(List.of(opened, merged(4), moved), List.of(opened, moved, merged(4)))) {
            assertThat(orders.after(order, this::settles)).containsExactly(World.DISTRICT);
        }
    }

    private boolean settles(ReceivedEvent event, Connection tx) throws SQLException {
        return !(world.intake.handle(event, tx) instanceof Outcome.Early);
    }

    private static ReceivedEvent merged(int version) {
        return event(
                "ChildIdentityMerged",
                Map.of(
                        "childId", CHILD.toString(),
                        "mergedChildId", ALIAS.toString(),
                        "mergedChildVersion", version));
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        var type = Goldens.type(topic);
        return new ReceivedEvent(
                EventIds.next(),
                topic,
                0,
                0,
                CHILD.toString(),
                Map.of("ce_type", type.ceType()),
                Goldens.payload(type, changes));
    }
}
