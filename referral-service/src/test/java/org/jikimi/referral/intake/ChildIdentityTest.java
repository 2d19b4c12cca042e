package org.jikimi.referral.intake;

import static org.assertj.core.api.Assertions.assertThat;

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
            assertThat(orders.after(order, (event, tx) -> !(world.intake.handle(event, tx) instanceof Outcome.Early)))
                    .containsExactly("OFFERED " + next);
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
            assertThat(orders.after(order, (event, tx) -> !(world.intake.handle(event, tx) instanceof Outcome.Early)))
                    .containsExactly("false");
        }
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
