package org.jikimi.runtime.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfiguredKeyringTest {
    private static final byte[] PLAIN = "합성 이름".getBytes(UTF_8);

    private final Keyring keys = new ConfiguredKeyring(Map.of("k1", key(1)), "k1", "k1");

    @Test
    void whatIsEncryptedIsReadBackInItsOwnContextAlone() {
        var sealed = keys.encrypt(PLAIN, "child:1");

        assertThat(keys.decrypt(sealed, "child:1")).isEqualTo(PLAIN);
        assertThatThrownBy(() -> keys.decrypt(sealed, "child:2")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameTextNeverLooksTheSameTwice() {
        assertThat(keys.encrypt(PLAIN, "child:1")).isNotEqualTo(keys.encrypt(PLAIN, "child:1"));
    }

    @Test
    void anAlteredTextIsRefusedAtEveryByte() {
        var sealed = keys.encrypt(PLAIN, "child:1");
        for (int n = 0; n < sealed.length; n++) {
            var altered = sealed.clone();
            altered[n] ^= 1;
            assertThatThrownBy(() -> keys.decrypt(altered, "child:1")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void afterRotationOldTextsAreReadAndNewOnesUseTheNewKey() {
        var old = keys.encrypt(PLAIN, "child:1");
        var rotated = new ConfiguredKeyring(Map.of("k1", key(1), "k2", key(2)), "k2", "k1");

        assertThat(rotated.decrypt(old, "child:1")).isEqualTo(PLAIN);
        assertThatThrownBy(() -> keys.decrypt(rotated.encrypt(PLAIN, "child:1"), "child:1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(rotated.mac("identifier", PLAIN)).isEqualTo(keys.mac("identifier", PLAIN));
    }

    @Test
    void hashesOfDifferentPurposesHaveNothingInCommon() {
        assertThat(keys.mac("identifier", PLAIN))
                .isEqualTo(keys.mac("identifier", PLAIN))
                .isNotEqualTo(keys.mac("audit", PLAIN));
    }

    @Test
    void aProofMadeUnderAnOlderMatchingKeyIsStillAccepted() {
        var rotated = new ConfiguredKeyring(Map.of("k1", key(1), "k2", key(2)), "k2", "k2");
        var proof = keys.mac("audit", PLAIN);

        assertThat(rotated.isMac("audit", PLAIN, proof)).isTrue();
        assertThat(rotated.isMac("audit", PLAIN, rotated.mac("audit", PLAIN))).isTrue();
        assertThat(rotated.isMac("identifier", PLAIN, proof)).isFalse();
        assertThat(keys.isMac("audit", PLAIN, rotated.mac("audit", PLAIN))).isFalse();
    }

    @Test
    void aKeyOfTheWrongLengthOrAMissingOneIsRefused() {
        assertThatThrownBy(() -> new ConfiguredKeyring(Map.of("k1", new byte[16]), "k1", "k1"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ConfiguredKeyring(Map.of("k1", key(1)), "k2", "k1"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] key(int fill) {
        var key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }
}
