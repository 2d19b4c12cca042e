package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.audit.AuditSealer;
import org.jikimi.runtime.audit.JdbcAudit;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.time.Times;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** {@code ./jikimi audit} over the databases of a stack whose services have been at work. */
class AuditCommandTest {
    private static final List<String> MIGRATIONS =
            List.of("V0001__outbox_and_inbox.sql", "V0003__app_role.sql", "V0020__audit.sql", "V0021__audit_chain.sql");
    private static final Times NOON = new Times(InstantSource.fixed(Instant.parse("2026-11-19T03:00:00Z")));

    @TempDir
    static Path temp;

    private static Layout layout;
    private static Ports ports;
    private static Secrets secrets;
    private static Postgres postgres;

    private int exitCode;
    private String out = "";
    private String err = "";

    @BeforeAll
    static void startPostgres() {
        layout = new Layout(Path.of(System.getProperty("jikimi.root")), temp.resolve("data"));
        layout.prepare();
        ports = Ports.free();
        layout.writePorts(ports);
        secrets = Secrets.in(layout.secrets());
        postgres = new Postgres(layout, ports.postgres(), secrets, new Children(layout));
        Runtime.getRuntime().addShutdownHook(new Thread(postgres::stop));
        postgres.start();
    }

    @AfterAll
    static void stopPostgres() {
        postgres.stop();
    }

    /** Three sealed rows of the case service; the others have not written any. */
    @BeforeEach
    void aServiceThatWasAudited() throws Exception {
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        Files.deleteIfExists(layout.anchors().resolve("case.anchors"));
        for (var name : MIGRATIONS) {
            execute(migration(name).replace("${app}", Secrets.appOf(Service.CASE)));
        }
        var app = new PGSimpleDataSource();
        app.setUrl("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/case");
        app.setUser(Secrets.appOf(Service.CASE));
        app.setPassword(secrets.of(Service.CASE, "db.app"));
        var transactions = Transactions.of(app);
        var audit = new JdbcAudit(new ConfiguredKeyring(secrets.keysOf(Service.CASE), "k1", "m1"));
        for (var visit : List.of("visit:1", "visit:2", "visit:3")) {
            transactions.run(tx -> {
                audit.record(
                        tx,
                        new AuditEntry(NOON.now(), "officer-1", UUID.randomUUID(), "visit.show", List.of(visit), null));
                return visit;
            });
        }
        new AuditSealer(transactions, AnchorFile.of(layout.anchors(), "case"), NOON).sealOnce();
    }

    @Test
    void intactRowsOfEveryServiceEndWithCode0() {
        verify();
        assertThat(exitCode).isZero();
        assertThat(out.lines())
                .hasSize(4)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("case-service ")
                        .endsWith("intact: 3 rows, 1 blocks, anchored up to block 1, 0 rows not yet sealed"));
    }

    @Test
    void anAlteredRowIsNamed() throws Exception {
        execute("UPDATE audit SET principal = 'somebody-else' WHERE seq = 2");
        verify();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("altered: row 2");
    }

    @Test
    void aMissingRowIsNamed() throws Exception {
        execute("DELETE FROM audit WHERE seq = 3");
        verify();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("missing: row 3");
    }

    @Test
    void rowsThatChangedPlacesAreNamed() throws Exception {
        execute("DROP INDEX audit_seq; ALTER TABLE audit ALTER seq DROP IDENTITY; "
                + "UPDATE audit SET seq = 3 - seq WHERE seq < 3");
        verify();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("reordered: row 1");
    }

    @Test
    void aTableThatIsGoneIsNoticedByItsAnchors() throws Exception {
        execute("DROP TABLE audit, audit_block");
        verify();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("missing: all of it, 1 anchored blocks");
    }

    @Test
    void anchorsThatAreGoneAreNoticed() throws Exception {
        Files.delete(layout.anchors().resolve("case.anchors"));
        verify();
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("not anchored: the anchors of 1 blocks are gone");
    }

    @Test
    void aChainThatWasAnchoredAnewSaysSoWheneverItIsVerified() throws Exception {
        Files.delete(layout.anchors().resolve("case.anchors"));
        jikimi("audit", "reanchor", "case-service", "--reason", "the disk of the anchors was lost", "--by", "kim");
        assertThat(exitCode).as(err).isZero();
        assertThat(out).startsWith("case-service ").contains("re-anchored at block 1 on ");

        verify();

        assertThat(exitCode).isZero();
        assertThat(out)
                .containsPattern(
                        "case-service +intact: 4 rows, 1 blocks, anchored up to block 1, 1 rows not yet sealed\\R"
                                + " +re-anchored at block 1 on [0-9T:.-]+Z by kim: the disk of the anchors was lost\\R");
    }

    @Test
    void anAlteredRowIsNotAnchoredOver() throws Exception {
        Files.delete(layout.anchors().resolve("case.anchors"));
        execute("UPDATE audit SET principal = 'somebody-else' WHERE seq = 2");
        jikimi("audit", "reanchor", "case-service", "--reason", "the disk of the anchors was lost");
        assertThat(exitCode).isEqualTo(1);
        assertThat(out).contains("refused, since it would hide what is altered: row 2");
        assertThat(layout.anchors().resolve("case.anchors")).doesNotExist();
    }

    @Test
    void anchoringAnewNeedsAReasonAndAService() {
        jikimi("audit", "reanchor", "case-service");
        assertThat(exitCode).isEqualTo(2);
        assertThat(err).contains("--reason");
        jikimi("audit", "reanchor", "case-service", "--reason", " ");
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).contains("Nothing was done: a reason is one line");
        jikimi("audit", "reanchor", "no-service", "--reason", "lost");
        assertThat(exitCode).isEqualTo(1);
        assertThat(err).contains("There is no service \"no-service\"");
    }

    @Test
    void helpTellsWhatAnchoringAnewDoes() {
        var printed = new StringWriter();
        exitCode = Jikimi.commandLine().setOut(new PrintWriter(printed)).execute("audit", "reanchor", "--help");
        assertThat(exitCode).isZero();
        assertThat(printed.toString()).contains("SERVICE", "--reason", "--by", "--data", "audit verify");
    }

    @Test
    void aDatabaseThatDoesNotRunIsToldInOneSentence() {
        var elsewhere = new Layout(layout.root(), temp.resolve("stopped"));
        elsewhere.prepare();
        elsewhere.writePorts(Ports.free());
        Secrets.in(elsewhere.secrets());
        verify(elsewhere);
        assertThat(exitCode).isEqualTo(1);
        assertThat(err)
                .matches("jikimi: PostgreSQL does not answer at 127.0.0.1:\\d+: ./jikimi up starts the platform.\\R");
    }

    private void verify() {
        verify(layout);
    }

    private void verify(Layout where) {
        run(where, "audit", "verify");
    }

    private void jikimi(String... arguments) {
        run(layout, arguments);
    }

    private void run(Layout where, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", where.data().toString()));
        var printed = new StringWriter();
        var told = new StringWriter();
        exitCode = Jikimi.commandLine()
                .setOut(new PrintWriter(printed))
                .setErr(new PrintWriter(told))
                .execute(all.toArray(String[]::new));
        out = printed.toString();
        err = told.toString();
    }

    private static void execute(String sql) throws SQLException {
        try (var connection = owner();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection owner() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/case",
                Secrets.ownerOf(Service.CASE),
                secrets.of(Service.CASE, "db.owner"));
    }

    private static String migration(String name) {
        try (var file = Objects.requireNonNull(AuditSealer.class.getResourceAsStream("/db/runtime/" + name))) {
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
