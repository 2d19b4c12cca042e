package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A referral is cancelled, or a wait for a bed ends: nobody need act on it any more. */
class EndedHelpTest {
    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void start() throws SQLException {
        world = new AlertWorld();
        intake = world.intake();
    }

    @Test
    void aCancelledReferralClosesItsAlertsInEitherOrder() throws SQLException {
        assertThat(statesAfter("ReferralOffered", "ReferralCancelled")).containsExactly("REFERRAL_OFFERED CLOSED");
        assertThat(statesAfter("ReferralUnplaced", "ReferralCancelled")).containsExactly("REFERRAL_UNPLACED CLOSED");
    }

    @Test
    void anEndedPlacementClosesItsAlertsInEitherOrder() throws SQLException {
        assertThat(statesAfter("PlacementUnavailable", "PlacementEnded")).containsExactly("PLACE_UNAVAILABLE CLOSED");
        assertThat(statesAfter("PlacementReserved", "PlacementEnded")).contains("PLACE_RESERVED CLOSED");
    }

    private List<String> statesAfter(String begun, String ended) throws SQLException {
        var ends = new EitherOrder(world.database, "SELECT kind || ' ' || state FROM alert ORDER BY 1")
                .afterEveryOrder(List.of(event(begun), event(ended)), ReceivedEvent::id, (event, tx) -> {
                    intake.handle(event, tx);
                    return true;
                });
        assertThat(ends).hasSize(1);
        return ends.keySet().iterator().next();
    }

    /** The examples of the contracts are of the same referral, and of the same placement. */
    private static ReceivedEvent event(String topic) {
        var type = Goldens.type(topic);
        var headers = Map.of("ce_type", type.ceType(), "ce_time", "2026-11-02T00:00:00Z");
        return new ReceivedEvent(
                EventIds.next(), topic, 0, 0, new UUID(0, 8).toString(), headers, Goldens.payload(type, Map.of()));
    }
}
