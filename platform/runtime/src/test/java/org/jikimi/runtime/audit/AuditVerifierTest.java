package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jikimi.runtime.audit.AuditVerdict.Added;
import org.jikimi.runtime.audit.AuditVerdict.Altered;
import org.jikimi.runtime.audit.AuditVerdict.Intact;
import org.jikimi.runtime.audit.AuditVerdict.Missing;
import org.jikimi.runtime.audit.AuditVerdict.Place;
import org.jikimi.runtime.audit.AuditVerdict.Reordered;
import org.jikimi.runtime.audit.AuditVerdict.Truncated;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.Keyring;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows 1 to 6 in blocks of two, anchored; then somebody with the owner's rights comes. */
class AuditVerifierTest {
    private final AuditDatabase database = new AuditDatabase();
    private AnchorFile anchors = new AnchorFile(Path.of(""));
    private AnchorFile otherAnchors = new AnchorFile(Path.of(""));

    @BeforeEach
    void sealThreeBlocks(@TempDir Path directory) throws SQLException {
        anchors = new AnchorFile(directory.resolve("anchors"));
        otherAnchors = new AnchorFile(directory.resolve("other"));
        for (int block = 1; block <= 3; block++) {
            database.write("child:" + (2 * block - 1), "child:" + 2 * block);
            seal(anchors);
        }
    }

    @Test
    void whatNobodyTouchedIsIntact() throws SQLException {
        database.write("child:7");

        assertThat(verify()).isEqualTo(new Intact(7, 3, 1, 3));
        assertThat(verify().line())
                .isEqualTo("intact: 7 rows, 3 blocks, anchored up to block 3, 1 rows not yet sealed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id = gen_random_uuid()",
                "at = at + interval '1 microsecond'",
                "principal = 'somebody'",
                "agency = NULL",
                "action = 'visit.read'",
                "subjects = '{child:3}'",
                "purpose = NULL",
                "mac = '\\x00'"
            })
    void anAlteredRowIsNamedWhateverWasAltered(String change) throws SQLException {
        database.tamper("UPDATE audit SET " + change + " WHERE seq = 3");

        assertThat(verify()).isEqualTo(new Altered(Place.row(3)));
        assertThat(verify().line()).isEqualTo("altered: row 3");
    }

    @Test
    void aRowAlteredByOneWhoHoldsTheKeysIsNamed() throws SQLException {
        rewriteWithTheKeys(3);

        assertThat(verify()).isEqualTo(new Altered(Place.row(3)));
    }

    @Test
    void aRowThatIsNotSealedYetIsCheckedToo() throws SQLException {
        database.write("child:7");
        database.tamper("UPDATE audit SET principal = 'somebody' WHERE seq = 7");

        assertThat(verify()).isEqualTo(new Altered(Place.row(7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 6})
    void aDeletedRowIsNamed(int seq) throws SQLException {
        database.tamper("DELETE FROM audit WHERE seq = " + seq);

        assertThat(verify()).isEqualTo(new Missing(Place.row(seq)));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aSwappedPairIsNamedWithinABlockAndAcross(int other) throws SQLException {
        swap(3, other);

        assertThat(verify()).isEqualTo(new Reordered(Place.row(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seqs = '{3,5}'",
                "leaves = leaves || leaves, seqs = seqs || seqs",
                "leaves = set_byte(leaves, 40, get_byte(leaves, 40) # 1)",
                "root = '\\x00'",
                "previous_head = head",
                "head = root",
                "prev = '1:1:'",
                "target = '9:9:'",
                "sealed_at = sealed_at + interval '1 microsecond'"
            })
    void anAlteredBlockIsNamedWhateverWasAltered(String change) throws SQLException {
        database.tamper("UPDATE audit_block SET " + change + " WHERE number = 2");

        assertThat(verify()).isEqualTo(new Altered(Place.block(2)));
    }

    @Test
    void aBlockTakenOutOfTheMiddleIsNamed() throws SQLException {
        database.tamper("DELETE FROM audit_block WHERE number = 2");

        assertThat(verify()).isEqualTo(new Missing(Place.block(2)));
    }

    @Test
    void aChainCutOffAtItsEndIsNamed() throws SQLException {
        database.tamper("DELETE FROM audit_block WHERE number >= 2");
        database.tamper("DELETE FROM audit WHERE seq >= 3");

        assertThat(verify()).isEqualTo(new Truncated(Place.block(2)));
        assertThat(verify().line()).isEqualTo("truncated: from block 2");
    }

    @Test
    void aChainMadeAnewAroundAForgedRowDoesNotMatchTheAnchor() throws SQLException {
        rewriteWithTheKeys(3);
        database.tamper("DELETE FROM audit_block WHERE number >= 2");
        otherAnchors.append(List.of(new Anchor(0, "0".repeat(64), AuditDatabase.TIMES.now())));
        seal(otherAnchors);

        assertThat(AuditVerifier.verify(database.owner, database.keys, otherAnchors))
                .isInstanceOf(Intact.class);
        assertThat(verify()).isEqualTo(new Altered(Place.block(2)));
    }

    @Test
    void aRowPutInAmongSealedOnesIsNamed() throws SQLException {
        copyRowThree("tx");

        assertThat(verify()).isEqualTo(new Added(Place.row(100)));
    }

    @Test
    void aCopyOfARowIsNamedAlsoWhenItWasSealed() throws SQLException {
        copyRowThree("pg_current_xact_id()");
        seal(anchors);

        assertThat(verify()).isEqualTo(new Added(Place.row(100)));
    }

    @Test
    void ofSeveralFaultsTheFirstIsNamed() throws SQLException {
        database.tamper("DELETE FROM audit WHERE seq = 5");
        database.tamper("UPDATE audit SET principal = 'somebody' WHERE seq IN (2, 6)");

        assertThat(verify()).isEqualTo(new Altered(Place.row(2)));
    }

    @Test
    void rowsFromBeforeAChangeOfTheMatchingKeyStayProvable() throws SQLException {
        var old = AuditDatabase.key(1);
        var rotated = new ConfiguredKeyring(Map.of("k1", old, "k2", AuditDatabase.key(2)), "k2", "k2");
        database.transactions.run(tx -> {
            new JdbcAudit(rotated).record(tx, AuditDatabase.entry("child:7"));
            return 1;
        });

        assertThat(verify(rotated)).isInstanceOf(Intact.class);
        assertThat(verify(database.keys)).isEqualTo(new Altered(Place.row(7)));
    }

    private void swap(long one, long other) throws SQLException {
        database.tamper("""
            UPDATE audit a SET id = b.id, at = b.at, principal = b.principal, agency = b.agency, action = b.action,
                subjects = b.subjects, purpose = b.purpose, mac = b.mac
            FROM audit b WHERE (a.seq, b.seq) IN ((%1$d, %2$d), (%2$d, %1$d))""".formatted(one, other));
    }

    /** As row 100. */
    private void copyRowThree(String tx) throws SQLException {
        database.tamper("""
            INSERT INTO audit (seq, tx, id, at, principal, agency, action, subjects, purpose, mac)
            OVERRIDING SYSTEM VALUE SELECT 100, %s, id, at, principal, agency, action, subjects, purpose, mac
            FROM audit WHERE seq = 3""".formatted(tx));
    }

    private AuditVerdict verify() throws SQLException {
        return verify(database.keys);
    }

    private AuditVerdict verify(Keyring keys) throws SQLException {
        return AuditVerifier.verify(database.app, keys, anchors);
    }

    private void seal(AnchorStore store) throws SQLException {
        new AuditSealer(database.transactions, store, AuditDatabase.TIMES).sealOnce();
    }

    /** Makes a row say something else, with a keyed hash that is right for it. */
    private void rewriteWithTheKeys(long seq) throws SQLException {
        database.write("child:other");
        database.tamper("CREATE TEMP TABLE forged AS SELECT * FROM audit WHERE subjects[1] = 'child:other'; "
                + "DELETE FROM audit WHERE subjects[1] = 'child:other'; "
                + "UPDATE audit a SET id = f.id, subjects = f.subjects, mac = f.mac FROM forged f WHERE a.seq = "
                + seq);
    }
}
