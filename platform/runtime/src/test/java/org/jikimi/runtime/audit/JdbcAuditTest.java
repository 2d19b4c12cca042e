package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcAuditTest {
    private static final String PERMISSION_DENIED = "42501";
    private static final String CHECK_VIOLATED = "23514";
    private static final String NOT_UNIQUE = "23505";

    private final AuditDatabase database = new AuditDatabase();

    @Test
    void aRowCommitsWithWhatItTellsOf() throws SQLException {
        database.write("child:1");

        assertThat(database.numbers("SELECT seq FROM audit WHERE subjects = '{child:1,visit:7}'"))
                .hasSize(1);
    }

    @Test
    void aRowIsGoneWithWhatWasRolledBack() throws SQLException {
        assertThatThrownBy(() -> database.transactions.run(tx -> {
                    database.record(tx, "child:1");
                    throw new IllegalStateException("the change failed");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(database.numbers("SELECT seq FROM audit")).isEmpty();
    }

    @Test
    void whatCannotBeAuditedIsNotDone() throws SQLException {
        database.tamper("CREATE TABLE change (n int)");
        database.tamper("ALTER TABLE audit ADD CONSTRAINT disk_full CHECK (false)");

        assertThatThrownBy(() -> database.transactions.run(tx -> {
                    tx.createStatement().execute("INSERT INTO change VALUES (1)");
                    return database.record(tx, "child:1");
                }))
                .isInstanceOf(SQLException.class);

        assertThat(database.numbers("SELECT n FROM change")).isEmpty();
    }

    @Test
    void theLastRowCommitsTheTransactionItself() throws SQLException {
        database.tamper("CREATE TABLE change (n int)");

        database.transactions.run(tx -> {
            tx.createStatement().execute("INSERT INTO change VALUES (1)");
            database.audit.recordAndCommit(tx, AuditDatabase.entry("child:1"));

            assertThat(database.numbers("SELECT n FROM change")).containsExactly(1L);
            assertThat(database.numbers("SELECT seq FROM audit")).hasSize(1);
            return tx;
        });
    }

    @Test
    void nothingIsCommittedWithALastRowThatCannotBeWritten() throws SQLException {
        database.tamper("CREATE TABLE change (n int)");
        database.tamper("ALTER TABLE audit ADD CONSTRAINT disk_full CHECK (false)");

        assertThatThrownBy(() -> database.transactions.run(tx -> {
                    tx.createStatement().execute("INSERT INTO change VALUES (1)");
                    database.audit.recordAndCommit(tx, AuditDatabase.entry("child:1"));
                    return tx;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(CHECK_VIOLATED));

        assertThat(database.numbers("SELECT n FROM change")).isEmpty();
    }

    @Test
    void aCommitThatFailsWithItsRowIsReportedAndLeavesNothing() throws SQLException {
        database.tamper("CREATE TABLE change (n int, CONSTRAINT once UNIQUE (n) DEFERRABLE INITIALLY DEFERRED)");

        assertThatThrownBy(() -> database.transactions.run(tx -> {
                    tx.createStatement().execute("INSERT INTO change VALUES (1), (1)");
                    database.audit.recordAndCommit(tx, AuditDatabase.entry("child:1"));
                    return tx;
                }))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(NOT_UNIQUE));

        assertThat(database.numbers("SELECT seq FROM audit")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET action = 'other'",
                "DELETE FROM audit",
                "TRUNCATE audit",
                "UPDATE audit_block SET sealed_at = now()",
                "DELETE FROM audit_block",
                "TRUNCATE audit_block"
            })
    void theServiceItselfCannotChangeOrDeleteWhatIsWritten(String sql) throws SQLException {
        database.write("child:1");

        assertThatThrownBy(() ->
                        database.transactions.run(tx -> tx.createStatement().execute(sql)))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        refused -> assertThat(refused.getSQLState()).isEqualTo(PERMISSION_DENIED));
    }

    @Test
    void noTwoRowsReadTheSame() {
        var id = new UUID(0, 0);
        var oneSubject = entry("p", List.of("ab"), null);

        assertThat(List.of(
                        entry("p", List.of("a", "b"), null),
                        entry("p", List.of("a"), "b"),
                        entry("pa", List.of("b"), null),
                        entry("p", List.of("ab"), "")))
                .allSatisfy(other ->
                        assertThat(JdbcAudit.canonical(id, other)).isNotEqualTo(JdbcAudit.canonical(id, oneSubject)));
    }

    private static AuditEntry entry(String principal, List<String> subjects, @Nullable String purpose) {
        return new AuditEntry(AuditDatabase.TIMES.now(), principal, null, "read", subjects, purpose);
    }
}
