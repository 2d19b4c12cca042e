package org.jikimi.testkit.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationRulesTest {
    private static final String RELEASED = """
            CREATE TABLE visit (id uuid PRIMARY KEY, state text NOT NULL, note text);
            CREATE INDEX visit_state ON visit (state);
            CREATE VIEW open_visit AS SELECT * FROM visit;""";

    @TempDir
    Path module = Path.of("");

    private final Map<String, String> releases = new HashMap<>();

    @BeforeEach
    void aReleasedScript() throws IOException {
        script("V1__visits.sql", RELEASED);
        release("1.0.0", "V1__visits.sql", RELEASED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE visit",
                "DROP TABLE IF EXISTS visit CASCADE",
                "DROP INDEX CONCURRENTLY visit_state",
                "DROP VIEW open_visit",
                "ALTER TABLE visit DROP COLUMN note",
                "ALTER TABLE visit DROP note",
                "ALTER TABLE visit ADD COLUMN owner text, DROP COLUMN IF EXISTS note",
                "ALTER TABLE visit RENAME COLUMN note TO remark",
                "ALTER TABLE visit RENAME note TO remark",
                "ALTER TABLE visit RENAME TO household_visit",
                "ALTER INDEX visit_state RENAME TO visit_by_state",
                "ALTER TABLE visit ALTER COLUMN state TYPE int USING 0",
                "ALTER TABLE ONLY visit ALTER state SET DATA TYPE int",
                "ALTER TABLE visit ALTER COLUMN note SET NOT NULL",
                "ALTER TABLE visit ADD COLUMN owner text NOT NULL",
                "ALTER TABLE visit ADD CONSTRAINT known CHECK (state IN ('OPEN', 'CLOSED'))",
                "ALTER TABLE visit ADD UNIQUE (state)",
                "ALTER TABLE visit DROP CONSTRAINT visit_pkey",
                "CREATE UNIQUE INDEX one_note ON visit (note)",
                "REVOKE UPDATE ON visit FROM ${app}",
                "TRUNCATE visit",
                "DELETE FROM visit WHERE state = 'OPEN'",
                "-- said in passing: contract: unused since 1.0.0\nDROP TABLE visit",
                "INSERT INTO visit (note) VALUES ('a;b'); /* harmless; */ DROP TABLE visit"
            })
    void whatAnEarlierReleaseUsesIsNotTakenAway(String sql) throws IOException {
        script("V2__next.sql", sql + ";");

        assertThat(rules().contracted())
                .singleElement()
                .asString()
                .contains("V2__next.sql", "contract: unused since VERSION");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE owner (id uuid PRIMARY KEY, name text NOT NULL CHECK (name <> ''))",
                "ALTER TABLE visit ADD COLUMN owner text",
                "ALTER TABLE visit ADD owner text NOT NULL DEFAULT 'nobody', ADD since date",
                "ALTER TABLE visit ALTER COLUMN state DROP NOT NULL",
                "ALTER TABLE visit ALTER COLUMN note SET DEFAULT ''",
                "CREATE INDEX CONCURRENTLY visit_note ON visit (note)",
                "ALTER TABLE visit ADD owner uuid; CREATE UNIQUE INDEX ON visit (owner)",
                "CREATE TABLE draft (id uuid); ALTER TABLE draft ADD CHECK (id IS NOT NULL); DROP TABLE draft",
                "ALTER TABLE visit ADD owner uuid; ALTER TABLE visit DROP COLUMN owner",
                "CREATE TABLE draft (id uuid); REVOKE UPDATE, DELETE ON draft FROM ${app}",
                "-- DROP TABLE visit;\nINSERT INTO visit (note) VALUES ('; DROP TABLE visit;')",
                "UPDATE visit SET note = '' WHERE note IS NULL"
            })
    void whatNobodyUsesYetIsFree(String sql) throws IOException {
        script("V2__next.sql", sql + ";");

        assertThat(rules().contracted()).isEmpty();
    }

    @Test
    void whatAnEarlierReleaseNoLongerUsesIsTakenAwayByDeclaration() throws IOException {
        script("V2__contract.sql", "-- contract: unused since 1.0.0\nALTER TABLE visit DROP COLUMN note;");

        assertThat(rules().contracted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.9.0", "1.1.0"})
    void theDeclarationNamesAReleaseBeforeTheScript(String version) throws IOException {
        var text = "-- contract: unused since " + version + "\nALTER TABLE visit DROP COLUMN note;";
        script("V2__contract.sql", text);
        release("1.1.0", "V2__contract.sql", text);

        assertThat(rules().contracted()).singleElement().asString().contains("release " + version + " is none before");
    }

    @Test
    void whatCameWithAnotherReleaseIsNotFree() throws IOException {
        var second = "ALTER TABLE visit ADD owner uuid;";
        script("V2__owner.sql", second);
        release("1.1.0", "V2__owner.sql", second);
        script("V3__no_owner.sql", "ALTER TABLE visit DROP owner;");

        assertThat(rules().contracted()).singleElement().asString().contains("V3__no_owner.sql");
    }

    @Test
    void aReleasedScriptThatChangesIsNamed() throws IOException {
        script("V1__visits.sql", RELEASED + "\n");

        assertThat(rules().changed()).singleElement().asString().contains("V1__visits.sql", "1.0.0", "has changed");
    }

    @Test
    void aReleasedScriptThatIsGoneIsNamed() throws IOException {
        script("V2__next.sql", "CREATE TABLE owner (id uuid);");
        Files.delete(module.resolve("src/main/resources/db/migration/V1__visits.sql"));

        assertThat(rules().changed()).singleElement().asString().contains("V1__visits.sql", "is gone");
    }

    @Test
    void rulesOverNothingFail() throws IOException {
        Files.delete(module.resolve("src/main/resources/db/migration/V1__visits.sql"));
        Files.writeString(module.resolve(MigrationRules.RELEASED), "");

        assertThat(rules().changed()).singleElement().asString().contains("no script is listed");
        assertThat(rules().contracted()).singleElement().asString().contains("no script below");
    }

    @Test
    void aReleaseListsItsScriptsAndLeavesThoseBeforeAsTheyWere() throws IOException {
        var before = Files.readString(module.resolve(MigrationRules.RELEASED));
        script("V2__owner.sql", "ALTER TABLE visit ADD owner uuid;");
        System.setProperty("migrations.release", "1.1.0");
        try {
            assertThat(rules().changed()).isEmpty();
        } finally {
            System.clearProperty("migrations.release");
        }
        assertThat(Files.readAllLines(module.resolve(MigrationRules.RELEASED)))
                .hasSize(2)
                .contains(before.strip())
                .anyMatch(line -> line.startsWith("1.1.0 ") && line.endsWith(" V2__owner.sql"));
    }

    private MigrationRules rules() {
        return MigrationRules.of(module);
    }

    private void script(String name, String text) throws IOException {
        var directory = Files.createDirectories(module.resolve("src/main/resources/db/migration"));
        Files.writeString(directory.resolve(name), text);
    }

    private void release(String version, String name, String text) throws IOException {
        releases.put(name, version + " " + new Script(name, text, java.util.Optional.empty()).sha256() + " " + name);
        var list = module.resolve(MigrationRules.RELEASED);
        Files.createDirectories(list.resolveSibling("."));
        Files.write(list, releases.values());
    }
}
