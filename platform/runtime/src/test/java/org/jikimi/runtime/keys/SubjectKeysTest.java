package org.jikimi.runtime.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.runtime.TestDatabase;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubjectKeysTest {
    private static final byte[] PLAIN = "합성 이름".getBytes(UTF_8);
    private static final String CONTEXT = "child:1";
    private static final Instant NOON = Instant.parse("2026-11-19T03:00:00Z");

    private static DataSource database;

    private final Keyring ring = new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1");
    private final SubjectKeys keys = new SubjectKeys(ring);
    private final UUID subject = UUID.randomUUID();

    @BeforeAll
    static void aDatabase() throws SQLException {
        database = TestDatabase.create();
    }

    @Test
    void whatIsSealedUnderASubjectsKeyIsReadBackInLaterTransactions() throws SQLException {
        var sealed = seal(subject);

        assertThat(open(keys, subject, sealed)).isEqualTo(PLAIN);
    }

    @Test
    void whatIsSealedUnderKeysBeforeTheyAreStoredIsReadBackAfterwardsAndEachHasItsOwn() throws SQLException {
        var other = UUID.randomUUID();
        var drawn = keys.draw(List.of(subject, other));
        var ring = drawn.ring();
        var sealed = List.of(ring.seal(subject, PLAIN, CONTEXT), ring.seal(other, PLAIN, CONTEXT));
        transactions().run(tx -> {
            drawn.store(tx);
            return true;
        });

        assertThat(open(keys, subject, sealed.getFirst())).isEqualTo(PLAIN);
        assertThat(open(keys, other, sealed.getLast())).isEqualTo(PLAIN);
        assertThatThrownBy(() -> open(keys, other, sealed.getFirst())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everySubjectHasAKeyOfItsOwn() throws SQLException {
        var other = UUID.randomUUID();
        seal(other);
        var sealed = seal(subject);

        assertThatThrownBy(() -> open(keys, other, sealed)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatTheKeyringSealedBeforeSubjectsHadKeysIsStillRead() throws SQLException {
        var old = ring.encrypt(PLAIN, CONTEXT);

        assertThat(open(keys, subject, old)).isEqualTo(PLAIN);
        seal(subject);
        assertThat(open(keys, subject, old)).isEqualTo(PLAIN);
    }

    @Test
    void aRotatedKeyringStillUnwrapsTheKeys() throws SQLException {
        var sealed = seal(subject);
        var rotated = new SubjectKeys(new ConfiguredKeyring(Map.of("k1", key(1), "k2", key(2)), "k2", "k1"));

        assertThat(open(rotated, subject, sealed)).isEqualTo(PLAIN);
        byte[] openedToSeal =
                transactions().run(tx -> rotated.make(tx, List.of(subject)).open(subject, sealed, CONTEXT));
        assertThat(openedToSeal).isEqualTo(PLAIN);
    }

    @Test
    void aDestroyedKeyOpensNothingAndIsNeverMadeAgain() throws SQLException {
        var sealed = seal(subject);
        destroy();
        destroy();

        assertThatThrownBy(() -> open(keys, subject, sealed)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> seal(subject)).isInstanceOf(SubjectKeys.Destroyed.class);
        boolean destroyed = transactions().run(tx -> keys.isDestroyed(tx, subject));
        assertThat(destroyed).isTrue();
    }

    @Test
    void aSubjectThatNeverHadAKeyCanBeErasedToo() throws SQLException {
        destroy();

        assertThatThrownBy(() -> seal(subject)).isInstanceOf(SubjectKeys.Destroyed.class);
    }

    @Test
    void anAlteredTextIsRefusedAtEveryByteButNeverReadAsAnother() throws SQLException {
        var sealed = seal(subject);
        for (int n = 0; n < sealed.length; n++) {
            var altered = sealed.clone();
            altered[n] ^= 1;
            assertThatThrownBy(() -> open(keys, subject, altered)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    private byte[] seal(UUID of) throws SQLException {
        return transactions().run(tx -> keys.make(tx, List.of(of)).seal(of, PLAIN, CONTEXT));
    }

    private static byte[] open(SubjectKeys keys, UUID of, byte[] sealed) throws SQLException {
        return transactions().run(tx -> keys.of(tx, List.of(of)).open(of, sealed, CONTEXT));
    }

    private void destroy() throws SQLException {
        transactions().run(tx -> {
            keys.destroy(tx, List.of(subject), NOON);
            return subject;
        });
    }

    private static Transactions transactions() {
        return Transactions.of(database);
    }

    private static byte[] key(int seed) {
        var key = new byte[32];
        Arrays.fill(key, (byte) seed);
        return key;
    }
}
