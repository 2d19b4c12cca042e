package org.jikimi.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alert from being raised to being taken on, settled or escalated. */
class AlertTest {
    private static final String DISTRICT = "11110";

    private final UUID visit = UUID.randomUUID();
    private final UUID child = UUID.randomUUID();
    private AlertWorld world;
    private AlertDraft draft;

    @BeforeEach
    void aVisitIsPlanned() throws SQLException {
        world = new AlertWorld();
        draft = new AlertDraft(
                "visit-planned",
                AlertKind.VISIT_PLANNED,
                Severity.WARNING,
                new Addressee(RecipientRole.DONG_OFFICER, DISTRICT, null),
                new AlertSubject(SubjectType.VISIT, visit, child, child),
                new AlertCause(UUID.randomUUID(), "VisitPlanned", UUID.randomUUID()),
                null,
                world.times.now().plus(Duration.ofHours(2)),
                world.times.now());
    }

    @Test
    void raisingTellsThePlatformAndTheRolesMailbox() throws SQLException {
        world.raise(draft);

        assertThat(world.query("SELECT type || ' ' || key FROM outbox")).containsExactly("AlertRaised " + child);
        assertThat(world.query("SELECT mailbox FROM delivery")).containsExactly("dong-officer.11110");
    }

    @Test
    void theSameEventRaisesNoSecondAlert() throws SQLException {
        world.raise(draft);

        assertThat(world.raise(draft)).isFalse();
        assertThat(world.query("SELECT count(*) FROM outbox")).containsExactly("1");
        assertThat(world.query("SELECT count(*) FROM delivery")).containsExactly("1");
    }

    @Test
    void anAlertThatNobodyTakesOnGoesToTheSupervisorOfTheDistrictAndThenToTheCitys() throws SQLException {
        world.raise(draft);

        world.clock.passes(Duration.ofHours(2));
        world.runDue();
        world.clock.passes(Duration.ofDays(1));
        world.runDue();

        var alert = world.alert(draft.alertId());
        assertThat(alert.state()).isEqualTo(AlertState.ESCALATED);
        assertThat(alert.level()).isEqualTo(2);
        assertThat(world.query("SELECT mailbox FROM delivery ORDER BY level"))
                .containsExactly("dong-officer.11110", "supervisor.11110", "supervisor");
        assertThat(world.query("SELECT type FROM outbox ORDER BY seq"))
                .containsExactly("AlertRaised", "AlertEscalated", "AlertEscalated");
    }

    @Test
    void itIsNeverEscalatedMoreThanTwice() throws SQLException {
        world.raise(draft);
        for (int day = 0; day < 5; day++) {
            world.clock.passes(Duration.ofDays(1));
            world.runDue();
        }

        assertThat(world.alert(draft.alertId()).level()).isEqualTo(2);
    }

    @Test
    void anAcknowledgedAlertIsNotEscalated() throws SQLException {
        world.raise(draft);

        world.acknowledge(draft.alertId());
        world.clock.passes(Duration.ofDays(3));
        world.runDue();

        assertThat(world.alert(draft.alertId()).state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(world.query("SELECT type FROM outbox ORDER BY seq"))
                .containsExactly("AlertRaised", "AlertAcknowledged");
    }

    @Test
    void anEscalatedAlertCanBeAcknowledgedAndGoesNoFurther() throws SQLException {
        world.raise(draft);
        world.clock.passes(Duration.ofHours(2));
        world.runDue();

        world.acknowledge(draft.alertId());
        world.clock.passes(Duration.ofDays(3));
        world.runDue();

        var alert = world.alert(draft.alertId());
        assertThat(alert.state()).isEqualTo(AlertState.ACKNOWLEDGED);
        assertThat(alert.level()).isEqualTo(1);
    }

    @Test
    void aSecondAcknowledgementIsRefused() throws SQLException {
        world.raise(draft);
        world.acknowledge(draft.alertId());

        assertThat(world.acknowledge(draft.alertId())).isInstanceOf(AcknowledgeAlert.Result.NotOpen.class);
        assertThat(world.alert(draft.alertId()).version()).isEqualTo(2);
    }

    @Test
    void whatIsDoneIsClosedAndNotEscalated() throws SQLException {
        world.raise(draft);

        settle(child);
        world.clock.passes(Duration.ofDays(3));
        world.runDue();

        assertThat(world.alert(draft.alertId()).state()).isEqualTo(AlertState.CLOSED);
        assertThat(world.query("SELECT type FROM outbox ORDER BY seq")).containsExactly("AlertRaised", "AlertClosed");
    }

    @Test
    void anAlertThatComesAfterWhatSettlesItIsDeliveredAndClosed() throws SQLException {
        settle(child);

        world.raise(draft);

        assertThat(world.alert(draft.alertId()).state()).isEqualTo(AlertState.CLOSED);
        assertThat(world.query("SELECT type FROM outbox ORDER BY seq")).containsExactly("AlertRaised", "AlertClosed");
        assertThat(world.query("SELECT mailbox FROM delivery")).containsExactly("dong-officer.11110");
        assertThat(world.query("SELECT count(*) FROM due_work")).containsExactly("0");
    }

    @Test
    void whatIsDoneForOneChildSettlesNothingOfAnother() throws SQLException {
        world.raise(draft);

        settle(UUID.randomUUID());

        assertThat(world.alert(draft.alertId()).state()).isEqualTo(AlertState.RAISED);
    }

    private void settle(UUID party) throws SQLException {
        world.transactions.run(tx -> {
            world.settle.settle(tx, new Settlement(AlertKind.VISIT_PLANNED, visit, party));
            return true;
        });
    }
}
