package org.jikimi.screening;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.inbox.InboxPartitions;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.OutboxPartitions;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.ReceiveBatch;
import org.jikimi.screening.flag.FlagUrgently;
import org.jikimi.screening.intake.ScreeningEventKinds;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.signal.ActOnSignals;
import org.jikimi.testkit.Parts;

/** The service's use cases over a database of their own, on a day that stands still. */
public final class World {
    public static final LocalDate TODAY = LocalDate.of(2026, 10, 1);
    public static final String DONG = "1135056000";
    /** Connections that the service has; the database gives more. */
    public static final int CONNECTIONS = 8;

    public final DataSource database;
    public final Transactions transactions;
    public final Times times = new Times(() -> Instant.parse("2026-10-01T03:00:00Z"));
    public final Keyring keys;
    public final SubjectKeys subjects;
    public final List<AuditEntry> audited = Collections.synchronizedList(new ArrayList<>());
    public final Events events;
    public final LegalBases bases = new LegalBases(true);
    public final FlagUrgently urgently;
    public final ActOnSignals act;
    public final ReceiveBatch receive;

    public World() {
        database = Parts.postgres().newPooledDatabase("migrated", World::prepare);
        transactions = Transactions.of(database);
        var key = new byte[32];
        Arrays.fill(key, (byte) 7);
        keys = new ConfiguredKeyring(Map.of("k", key), "k", "k");
        subjects = new SubjectKeys(keys);
        events = new Events(new Outbox(), times, new ScreeningEventKinds());
        urgently = new FlagUrgently(events, times, bases);
        act = new ActOnSignals(urgently, new Outbox(), events, times);
        receive = new ReceiveBatch(transactions, keys, times, (tx, entry) -> audited.add(entry), CONNECTIONS);
    }

    private static void prepare(DataSource database) throws SQLException {
        Flyway.configure()
                .dataSource(database)
                .locations("db/runtime", "db/migration")
                .placeholders(Map.of("app", "postgres"))
                .load()
                .migrate();
        new OutboxPartitions(database, 1_000_000).createAhead(2);
        new InboxPartitions(database).create(Instant.now(), 1);
    }

    public Caller source(String kind) {
        return new Caller(
                UUID.nameUUIDFromBytes(kind.getBytes(StandardCharsets.UTF_8)).toString(),
                Set.of("partner-agency"),
                null,
                Set.of(),
                kind);
    }

    /** Takes the legal basis of an indicator away. */
    public void withdrawBasis(String code) throws SQLException {
        execute("INSERT INTO legal_basis VALUES ('%s', 1, NULL, NULL, 'supervisor', now())".formatted(code));
    }

    /** How many sessions of this database wait for a lock. */
    public int waiting() throws SQLException {
        return Integer.parseInt(query("SELECT count(*) FROM pg_stat_activity "
                        + "WHERE wait_event_type = 'Lock' AND datname = current_database()")
                .getFirst());
    }

    /** The first column of every row. */
    public List<String> query(String sql) throws SQLException {
        return transactions.run(tx -> {
            try (var statement = tx.createStatement();
                    var rows = statement.executeQuery(sql)) {
                var column = new ArrayList<String>();
                while (rows.next()) {
                    column.add(rows.getString(1));
                }
                return column;
            }
        });
    }

    public void execute(String sql) throws SQLException {
        transactions.run(tx -> {
            try (var statement = tx.createStatement()) {
                return statement.execute(sql);
            }
        });
    }
}
