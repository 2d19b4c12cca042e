package org.jikimi.runtime.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.Parts;
import org.postgresql.ds.PGSimpleDataSource;

/** A service's database with two roles: the app writes and seals, the owner can tamper. */
final class AuditDatabase {
    private static final List<String> MIGRATIONS =
            List.of("V0001__outbox_and_inbox.sql", "V0003__app_role.sql", "V0020__audit.sql", "V0021__audit_chain.sql");

    static final Times TIMES = new Times(InstantSource.fixed(Instant.parse("2026-03-02T01:02:03.123456789Z")));
    static final UUID AGENCY = new UUID(1, 1);

    final DataSource owner;
    final DataSource app;
    final Transactions transactions;
    final Keyring keys = new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1");
    final Audit audit = new JdbcAudit(keys);

    AuditDatabase() {
        var made = Parts.postgres().newServiceDatabase();
        owner = source(made.url(), made.owner(), made.ownerPassword());
        app = source(made.url(), made.app(), made.appPassword());
        transactions = Transactions.of(app);
        try {
            for (var name : MIGRATIONS) {
                tamper(migration(name).replace("${app}", made.app()));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static byte[] key(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    static AuditEntry entry(String subject) {
        return new AuditEntry(
                TIMES.now(), "officer-11110", AGENCY, "visit.complete", List.of(subject, "visit:7"), "VISIT");
    }

    /** One committed row for each subject. */
    void write(String... subjects) throws SQLException {
        for (var subject : subjects) {
            transactions.run(tx -> record(tx, subject));
        }
    }

    int record(Connection tx, String subject) throws SQLException {
        audit.record(tx, entry(subject));
        return 1;
    }

    void tamper(String sql) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<Long> numbers(String sql) throws SQLException {
        try (var connection = owner.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT ARRAY(" + sql + ")::bigint[]")) {
            row.next();
            return List.of((Long[]) row.getArray(1).getArray());
        }
    }

    private static String migration(String name) {
        try (var file = Objects.requireNonNull(AuditDatabase.class.getResourceAsStream("/db/runtime/" + name))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static DataSource source(String url, String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
