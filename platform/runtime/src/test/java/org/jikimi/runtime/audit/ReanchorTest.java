package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jikimi.runtime.audit.AuditVerdict.Altered;
import org.jikimi.runtime.audit.AuditVerdict.Intact;
import org.jikimi.runtime.audit.AuditVerdict.Place;
import org.jikimi.runtime.audit.Reanchor.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 1 to 6 in blocks of two, anchored; then the database or the anchors are lost. */
class ReanchorTest {
    private static final Instant NOON = Instant.parse("2026-03-03T03:00:00Z");

    private final AuditDatabase database = new AuditDatabase();

    @TempDir
    Path directory = Path.of("");

    private Path file = Path.of("");
    private AnchorFile anchors = new AnchorFile(Path.of(""));

    @BeforeEach
    void sealThreeBlocks() throws SQLException {
        file = directory.resolve("anchors");
        anchors = new AnchorFile(file);
        for (int block = 1; block <= 3; block++) {
            database.write("child:" + (2 * block - 1), "child:" + 2 * block);
            seal();
        }
    }

    @Test
    void sealingGoesOnAfterTheDatabaseWasRestored() throws SQLException {
        restoreToTheFirstBlock();

        var done = reanchor();

        var act = new Reanchoring(1, 3, NOON, "kim", "restored after incident 7");
        assertThat(done).isEqualTo(new Result.Done(act));
        assertThat(act.line())
                .isEqualTo("re-anchored at block 1 on 2026-03-03T03:00:00Z by kim, blocks 2 to 3 given up: "
                        + "restored after incident 7");
        database.write("child:7");
        seal();
        assertThat(verify()).isEqualTo(new Intact(4, 2, 0, 2));
    }

    @Test
    void sealingGoesOnAfterTheAnchorsWereLost() throws Exception {
        Files.delete(file);
        assertThatThrownBy(this::seal).hasMessageContaining("are gone");

        var done = reanchor();

        assertThat(done).isInstanceOf(Result.Done.class);
        seal();
        assertThat(verify()).isEqualTo(new Intact(7, 4, 0, 4));
    }

    @Test
    void theActIsKeptBothInTheAnchorsAndAmongTheAuditRows() throws Exception {
        restoreToTheFirstBlock();
        reanchor();
        var act = new Reanchoring(1, 3, NOON, "kim", "restored after incident 7");
        assertThat(history()).containsExactly(act);

        var before = Files.readString(file);
        Files.writeString(file, before.replaceAll("(?m)^.*re-anchored.*\\R", ""));
        assertThat(history()).containsExactly(act);

        Files.writeString(file, before);
        database.tamper("DELETE FROM audit WHERE action = 'audit.reanchor'");
        assertThat(history()).containsExactly(act);
    }

    @Test
    void aSecondActIsToldBesideTheFirst() throws SQLException {
        database.write("child:7");
        seal();
        database.tamper("DELETE FROM audit_block WHERE number > 3; DELETE FROM audit WHERE seq > 6");
        reanchor();
        restoreToTheFirstBlock();

        new Reanchor(database.app, database.keys, anchors).run("lee", "and again", NOON.plusSeconds(1));

        assertThat(history()).extracting(Reanchoring::block).containsExactly(3L, 1L);
        seal();
        assertThat(verify()).isEqualTo(new Intact(3, 2, 0, 2));
    }

    @Test
    void anAlteredRowIsNotAnchoredOver() throws SQLException {
        restoreToTheFirstBlock();
        database.tamper("UPDATE audit SET principal = 'somebody' WHERE seq = 1");

        assertThat(reanchor()).isEqualTo(new Result.Refused(new Altered(Place.row(1))));

        assertThat(history()).isEmpty();
    }

    @Test
    void aBlockThatIsNotTheOneAnchoredIsNotAnchoredOver() throws Exception {
        var known = Files.readString(file);
        restoreToTheFirstBlock();
        Files.writeString(file, known.replaceAll("(?m)^1 [0-9a-f]{64}", "1 " + "f".repeat(64)));

        assertThat(reanchor()).isEqualTo(new Result.Refused(new Altered(Place.block(1))));
    }

    @Test
    void whatWasAnchoredBeforeStillVouchesForWhatIsLeft() throws Exception {
        restoreToTheFirstBlock();
        reanchor();

        Files.writeString(
                file, Files.readString(file).replaceAll("(?m)^1 [0-9a-f]{64} (\\S+)$", "1 " + "f".repeat(64) + " $1"));

        assertThat(verify()).isEqualTo(new Altered(Place.block(1)));
    }

    @Test
    void aRowAlteredAfterwardsIsNamed() throws SQLException {
        restoreToTheFirstBlock();
        reanchor();
        seal();

        database.tamper("UPDATE audit SET principal = 'somebody' WHERE seq = 2");

        assertThat(verify()).isEqualTo(new Altered(Place.row(2)));
    }

    @Test
    void aChainThatItsAnchorsVouchForNeedsNone() throws Exception {
        var before = Files.readString(file);

        assertThat(reanchor()).isEqualTo(new Result.NotNeeded());

        assertThat(Files.readString(file)).isEqualTo(before);
        assertThat(history()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines"})
    void aReasonIsNeeded(String reason) throws SQLException {
        restoreToTheFirstBlock();

        assertThatThrownBy(() -> new Reanchor(database.app, database.keys, anchors).run("kim", reason, NOON))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(history()).isEmpty();
    }

    private Result reanchor() throws SQLException {
        return new Reanchor(database.app, database.keys, anchors).run("kim", "restored after incident 7", NOON);
    }

    private List<Reanchoring> history() throws SQLException {
        return new Reanchor(database.app, database.keys, anchors).history();
    }

    private void restoreToTheFirstBlock() throws SQLException {
        database.tamper("DELETE FROM audit_block WHERE number > 1; DELETE FROM audit WHERE seq > 2");
    }

    private void seal() throws SQLException {
        new AuditSealer(database.transactions, anchors, AuditDatabase.TIMES).sealOnce();
    }

    private AuditVerdict verify() throws SQLException {
        return AuditVerifier.verify(database.app, database.keys, anchors);
    }
}
