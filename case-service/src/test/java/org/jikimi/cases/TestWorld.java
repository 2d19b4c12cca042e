package org.jikimi.cases;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.cases.clock.RunClocks;
import org.jikimi.cases.erasure.EraseChild;
import org.jikimi.cases.intake.CaseEventKinds;
import org.jikimi.cases.support.Texts;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.time.Times;

/** A database of its own, a clock that stands still, and what every feature is built on. */
public final class TestWorld {
    public static final String DISTRICT = "11350";
    public static final String DONG = "1135056000";

    public final DataSource database;
    public final TestClock clock = new TestClock();
    public final Times times = new Times(clock);
    public final Transactions transactions;
    public final Chronicle chronicle;
    public final RunClocks clocks = new RunClocks(new DueWork());
    public final Keyring keyring = new ConfiguredKeyring(Map.of("k", new byte[32]), "k", "k");
    public final SubjectKeys keys = new SubjectKeys(keyring);
    public final Texts texts = new Texts(keys);
    public final EraseChild erase;

    public TestWorld() throws SQLException {
        database = TestDatabase.create();
        transactions = Transactions.of(database);
        var events = new Events(new Outbox(), times, new CaseEventKinds());
        chronicle = new Chronicle(events, times);
        erase = new EraseChild(events, new DueWork(), keys, new ForgetSubjects(keys), times);
    }

    /** Work whose result the test does not need. */
    @FunctionalInterface
    public interface Step {
        Object in(Connection tx) throws SQLException;
    }

    public void run(Step step) throws SQLException {
        transactions.run(tx -> {
            step.in(tx);
            return true;
        });
    }

    public <T> T get(Transactions.Work<T> work) throws SQLException {
        return transactions.run(work);
    }

    /** The first column of every row. */
    public List<String> query(String sql) throws SQLException {
        return TestDatabase.query(database, sql);
    }

    /** The events of a type that were published, as their payloads, in order. */
    public List<String> events(String type) throws SQLException {
        return query("SELECT convert_from(payload, 'UTF8') FROM outbox WHERE type = '" + type + "' ORDER BY seq");
    }

    /** One field of each of them. */
    public List<String> events(String type, String field) throws SQLException {
        return query("SELECT convert_from(payload, 'UTF8')::jsonb ->> '" + field + "' FROM outbox WHERE type = '" + type
                + "' ORDER BY seq");
    }

    public static UUID id(int number) {
        return new UUID(0x0197e5a000007000L, 0x8000000000000000L + number);
    }
}
