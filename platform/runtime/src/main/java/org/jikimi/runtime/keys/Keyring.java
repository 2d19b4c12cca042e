package org.jikimi.runtime.keys;

import java.security.MessageDigest;
import java.util.function.UnaryOperator;

/**
 * The service's keys. Every ciphertext names the key it was made with. A keyed hash does not, so that equal values have
 * equal hashes: one kept for matching is made anew when the matching key changes, one kept as a proof is checked with
 * {@link #isMac}.
 */
public interface Keyring {
    /**
     * Encrypts with AES-256-GCM under the current key.
     *
     * @param context what the text belongs to, such as {@code child:<id>}; the same must be given to decrypt
     */
    byte[] encrypt(byte[] plain, String context);

    /**
     * Decrypts.
     *
     * @throws IllegalArgumentException if the text was altered, belongs to another context, or its key is gone
     */
    byte[] decrypt(byte[] sealed, String context);

    /**
     * HMAC-SHA-256 for matching, under the current matching key.
     *
     * @param purpose separates uses: the same value has different hashes for different purposes
     */
    byte[] mac(String purpose, byte[] value);

    /** As {@link #mac} of one purpose, made ready for many values; for one thread. */
    default UnaryOperator<byte[]> macs(String purpose) {
        return value -> mac(purpose, value);
    }

    /** Whether a hash was made by {@link #mac}, under the matching key or under any other key that is still kept. */
    default boolean isMac(String purpose, byte[] value, byte[] mac) {
        return MessageDigest.isEqual(mac(purpose, value), mac);
    }
}
