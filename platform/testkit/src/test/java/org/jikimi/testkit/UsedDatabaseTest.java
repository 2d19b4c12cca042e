package org.jikimi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one test did to its database is nothing to the next. */
class UsedDatabaseTest {
    private static final Scopes SCOPES = new Scopes();
    private static final TestPostgres POSTGRES = TestPostgres.startForManyDatabases(SCOPES);

    private static int kinds;
    private String kind = "";

    @BeforeEach
    void anotherKind() {
        kind = "kind " + kinds++;
    }

    @AfterAll
    static void stop() {
        POSTGRES.close();
    }

    @Test
    void aTestFindsTheDatabaseOfTheTestBeforeItAsThePreparationLeftIt() throws SQLException {
        SCOPES.begin();
        var first = database();
        var name = name(first);
        execute(
                first,
                "INSERT INTO child(name) VALUES ('a'), ('b')",
                "UPDATE dong SET name = 'elsewhere'",
                "DELETE FROM dong WHERE code = 2",
                "INSERT INTO audit VALUES (1)",
                "SET statement_timeout = '1s'",
                "SELECT pg_advisory_lock(1)");
        SCOPES.end();

        SCOPES.begin();
        var second = database();

        assertThat(name(second)).isEqualTo(name);
        assertThat(query(second, "SELECT code || name FROM dong ORDER BY code")).containsExactly("1here", "2there");
        assertThat(query(second, "SELECT count(*) FROM child")).containsExactly("0");
        assertThat(query(second, "SELECT count(*) FROM audit")).containsExactly("0");
        assertThat(query(second, "INSERT INTO child(name) VALUES ('c') RETURNING id"))
                .containsExactly("1");
        assertThat(query(second, "SHOW statement_timeout")).containsExactly("0");
        assertThat(query(second, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"))
                .containsExactly("0");
        assertThatThrownBy(() -> execute(second, "INSERT INTO audit VALUES (1)", "DELETE FROM audit"))
                .hasMessageContaining("for ever");
        SCOPES.end();
    }

    @Test
    void aDatabaseWhoseDefinitionsATestChangedIsNobodysAnyMore() throws SQLException {
        for (var change : List.of(
                "CREATE TABLE more(id int)",
                "DROP TABLE dong",
                "ALTER TABLE child ADD COLUMN more int",
                "ALTER TABLE audit DISABLE TRIGGER USER",
                "CREATE INDEX ON child(name)",
                "CREATE OR REPLACE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")) {
            SCOPES.begin();
            var changed = database();
            var name = name(changed);
            execute(changed, change);
            SCOPES.end();

            SCOPES.begin();
            assertThat(name(database())).as(change).isNotEqualTo(name);
            SCOPES.end();
        }
    }

    @Test
    void aDatabaseInWhichSomebodyWorksStillIsNobodysAnyMore() throws SQLException {
        SCOPES.begin();
        var database = database();
        var name = name(database);
        try (var left = database.getConnection()) {
            SCOPES.end();
            SCOPES.begin();
            var other = database();
            assertThat(name(other)).isNotEqualTo(name);
            try (var own = POSTGRES.unpooled(other).getConnection()) {
                SCOPES.end();
                SCOPES.begin();
                assertThat(name(database()))
                        .isNotIn(name, query(own, "SELECT current_database()").getFirst());
                SCOPES.end();
            }
            assertThat(left.isValid(1)).isFalse();
        }
    }

    @Test
    void whoStillHoldsADatabaseWhenItsTestHasEndedGetsNoConnectionToIt() {
        SCOPES.begin();
        var database = database();
        var unpooled = POSTGRES.unpooled(database);
        SCOPES.end();

        assertThatThrownBy(database::getConnection).hasMessageContaining("has ended");
        assertThatThrownBy(unpooled::getConnection).hasMessageContaining("has ended");
    }

    @Test
    void whatWasAskedForBeforeATestLastsAsLongAsWhatItWasAskedForBy() throws SQLException {
        SCOPES.begin();
        var ofTheClass = database();
        SCOPES.begin();
        var ofTheTest = database();
        assertThat(name(ofTheTest)).isNotEqualTo(name(ofTheClass));
        SCOPES.end();

        assertThat(query(ofTheClass, "SELECT 1")).containsExactly("1");
        SCOPES.end();
    }

    private DataSource database() {
        return POSTGRES.newPooledDatabase(kind, UsedDatabaseTest::prepare);
    }

    private static void prepare(DataSource empty) throws SQLException {
        execute(
                empty,
                "CREATE TABLE child(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text)",
                "CREATE TABLE dong(code int PRIMARY KEY, name text)",
                "CREATE TABLE audit(id int)",
                "CREATE FUNCTION kept() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''for ever''; END'",
                "CREATE TRIGGER kept BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION kept()",
                "INSERT INTO dong VALUES (1, 'here'), (2, 'there')");
    }

    private static String name(DataSource database) throws SQLException {
        return query(database, "SELECT current_database()").getFirst();
    }

    private static void execute(DataSource database, String... sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (var one : sql) {
                statement.execute(one);
            }
        }
    }

    private static List<String> query(DataSource database, String sql) throws SQLException {
        try (var connection = database.getConnection()) {
            return query(connection, sql);
        }
    }

    private static List<String> query(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var column = new ArrayList<String>();
            while (rows.next()) {
                column.add(rows.getString(1));
            }
            return column;
        }
    }
}
