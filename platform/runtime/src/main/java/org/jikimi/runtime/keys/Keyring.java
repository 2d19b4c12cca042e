package org.jikimi.runtime.keys;

/**
 * The service's keys. Every ciphertext and every keyed hash names the key it was made with, so that keys can be
 * rotated.
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
}
