package org.jikimi.notification.alert;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.notification.TestClock;
import org.jikimi.notification.TestDatabase;
import org.jikimi.notification.TestKeyring;
import org.jikimi.notification.delivery.DeliverySignal;
import org.jikimi.notification.delivery.PlanDeliveries;
import org.jikimi.notification.erasure.EraseChild;
import org.jikimi.notification.feed.FeedSignal;
import org.jikimi.notification.feed.PublishToSubscribers;
import org.jikimi.notification.intake.AlertIntake;
import org.jikimi.notification.intake.NotificationEventKinds;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueRunner;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;

/** The alert feature on a database of its own and a clock that the test moves. */
public final class AlertWorld {
    public final DataSource database;
    public final Transactions transactions;
    public final TestClock clock = new TestClock();
    public final Times times = new Times(clock);
    public final Subscriptions subscriptions = new Subscriptions(new TestKeyring());
    public final PublishToSubscribers subscribers = new PublishToSubscribers(subscriptions, new FeedSignal(), times);
    public final RaiseAlert raise;
    public final SettleAlerts settle;
    public final SubjectKeys keys = new SubjectKeys(new TestKeyring());
    public final EraseChild erase;
    final AcknowledgeAlert acknowledge;
    private final DueRunner dueWork;

    public AlertWorld() throws SQLException {
        this(TestDatabase.create());
    }

    /** The alert feature on a database of the test's own. */
    public AlertWorld(DataSource database) {
        this.database = database;
        transactions = Transactions.of(database);
        var events = new Events(new Outbox(), times, new NotificationEventKinds());
        var deliveries = new PlanDeliveries(subscriptions, new DeliverySignal(), times);
        raise = new RaiseAlert(deliveries, events, new DueWork(), times);
        settle = new SettleAlerts(events, times);
        erase = new EraseChild(events, new ForgetSubjects(keys), times);
        acknowledge = new AcknowledgeAlert(events, times);
        dueWork = new DueRunner(transactions, times, List.of(new EscalateAlert(deliveries, events, new DueWork())));
    }

    /** What hears the events of the other services. */
    public AlertIntake intake() {
        return new AlertIntake(
                raise,
                settle,
                new HandOverAlerts(raise, settle),
                new FollowVisits(raise, settle),
                subscribers,
                erase,
                times);
    }

    public int runDue() throws SQLException {
        return dueWork.runDue();
    }

    public List<String> query(String sql) throws SQLException {
        return TestDatabase.query(database, sql);
    }

    boolean raise(AlertDraft draft) throws SQLException {
        return transactions.run(tx -> raise.raise(tx, draft));
    }

    Alert alert(UUID id) throws SQLException {
        return transactions.run(tx -> new Alerts().find(tx, id).orElseThrow());
    }

    AcknowledgeAlert.Result acknowledge(UUID id) throws SQLException {
        return transactions.run(
                tx -> acknowledge.acknowledge(tx, acknowledge.lock(tx, id).orElseThrow(), RecipientRole.DONG_OFFICER));
    }
}
