package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jikimi.local.LocalDatabases.Ended;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./jikimi backup} and {@code restore}: what comes back, and what is refused. */
class BackupRestoreTest {
    private static final String NUMBERS = "SELECT last_value FROM outbox_seq_seq";
    private static final String EVENTS = "SELECT seq || ' ' || tx || ' ' || key FROM outbox ORDER BY seq";

    @TempDir
    static Path temp;

    private static LocalDatabases databases;
    private static Path backup;
    private static List<String> eventsBefore;

    /** Two events of each service, in a PostgreSQL that has seen many transactions and is stopped now. */
    @BeforeAll
    static void aPlatformThatWasBackedUp() throws Exception {
        databases = new LocalDatabases(temp.resolve("data"));
        backup = temp.resolve("backup");
        databases.execute(
                Service.CASE, "DO $$ BEGIN WHILE pg_current_xact_id() < '5000'::xid8 LOOP COMMIT; END LOOP; END $$");
        for (var service : Service.values()) {
            databases.migrate(service);
            publish(service, "first");
            publish(service, "second");
        }
        eventsBefore = databases.query(Service.CASE, EVENTS);
        assertThat(LocalDatabases.jikimi(databases.layout, "backup", backup.toString()))
                .satisfies(ended -> assertThat(ended.code()).as(ended.err()).isZero());
        databases.postgres.stop();
    }

    @AfterEach
    void stop() {
        databases.close();
    }

    @Test
    void oneDatabaseComesBackAsItWasAndTheOthersKeepWhatTheyHave() throws Exception {
        databases.postgres.start();
        publish(Service.CASE, "lost");
        publish(Service.SCREENING, "third");
        var ofScreening = databases.query(Service.SCREENING, EVENTS);
        databases.postgres.stop();

        var ended = restore(databases.layout, backup);

        assertThat(ended.code()).as(ended.err()).isZero();
        databases.postgres.start();
        assertThat(databases.query(Service.CASE, EVENTS)).isEqualTo(eventsBefore);
        assertThat(databases.query(Service.CASE, NUMBERS)).containsExactly("2");
        assertThat(databases.query(Service.SCREENING, EVENTS)).isEqualTo(ofScreening);
        assertThat(databases.query(Service.CASE, "SELECT has_table_privilege('case_app', 'outbox', 'INSERT')"))
                .containsExactly("t");
    }

    @Test
    void whereEverythingIsLostTransactionsAreNumberedPastThoseOfTheBackup() throws Exception {
        Trees.delete(databases.layout.data().resolve("postgresql/data"));

        var ended = LocalDatabases.jikimi(databases.layout, "restore", backup.toString());

        assertThat(ended.code()).as(ended.err()).isZero();
        databases.postgres.start();
        assertThat(databases.query(Service.CASE, EVENTS)).isEqualTo(eventsBefore);
        assertThat(databases.query(
                        Service.CASE, "SELECT bool_and(pg_visible_in_snapshot(tx, pg_current_snapshot())) FROM outbox"))
                .containsExactly("t");
    }

    @Test
    void underARunningPlatformNothingIsRestored() {
        databases.postgres.start();

        assertThat(restore(databases.layout, backup).err())
                .contains("A stack runs from")
                .contains("./jikimi down");
    }

    @Test
    void aDirectoryThatIsNoBackupIsRefused() {
        assertThat(LocalDatabases.jikimi(databases.layout, "restore", temp.toString(), "case"))
                .satisfies(ended -> assertThat(ended.code()).isOne())
                .satisfies(ended -> assertThat(ended.err()).contains("is no backup"));
    }

    @Test
    void aBackupMadeWithOtherKeysIsRefused() {
        var other = new Layout(databases.layout.root(), temp.resolve("other"));
        other.prepare();
        other.writePorts(Ports.free());
        Secrets.in(other.secrets());

        assertThat(restore(other, backup).err()).contains("was made with other keys");
    }

    @Test
    void aDamagedBackupIsRefused() throws IOException {
        var damaged = copyOfTheBackup("damaged");
        Files.writeString(damaged.resolve("case/outbox_0.copy"), "x", StandardOpenOption.APPEND);

        assertThat(restore(databases.layout, damaged).err()).contains("outbox_0.copy is damaged");
    }

    @Test
    void aBackupOfAnotherMajorVersionIsRefusedAndTheDatabaseStays() throws Exception {
        var old = copyOfTheBackup("old");
        var files = BackupFiles.of(old, Service.CASE);
        var manifest = files.manifest();
        manifest.setProperty("postgres.major", "17");
        files.writeManifest(manifest);

        assertThat(restore(databases.layout, old).err()).contains("of PostgreSQL 17, and this is 18");

        databases.postgres.start();
        assertThat(databases.query(Service.CASE, EVENTS)).containsAll(eventsBefore);
    }

    @Test
    void aBackupIsNeverWrittenOverAnother() {
        assertThat(LocalDatabases.jikimi(databases.layout, "backup", backup.toString())
                        .err())
                .contains("exists already");
    }

    @Test
    void aBackupNeedsARunningDatabaseAndLeavesNothingBehindWithoutIt() {
        var ended = LocalDatabases.jikimi(
                databases.layout, "backup", temp.resolve("second").toString());

        assertThat(ended.err()).contains("does the platform run?");
        assertThat(temp)
                .isDirectoryNotContaining(file -> file.getFileName().toString().startsWith("second"));
    }

    private static Ended restore(Layout where, Path from) {
        return LocalDatabases.jikimi(where, "restore", from.toString(), "case");
    }

    private static Path copyOfTheBackup(String name) throws IOException {
        var copy = temp.resolve(name);
        Trees.copy(backup, copy);
        return copy;
    }

    private static void publish(Service service, String key) throws Exception {
        databases.execute(
                service,
                "INSERT INTO outbox (id, type, key, headers, payload) VALUES (gen_random_uuid(), 'Test', '%s', '', '')"
                        .formatted(key));
    }
}
