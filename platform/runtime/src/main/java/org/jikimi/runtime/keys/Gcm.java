package org.jikimi.runtime.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM. A cipher is kept for each thread: to look one up costs about as much as to use it on a name. */
final class Gcm {
    static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Gcm::cipher);

    private Gcm() {}

    /** A nonce that no other text was sealed with. */
    static byte[] nonce() {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return nonce;
    }

    static byte[] encrypt(byte[] key, byte[] nonce, byte[] plain, String context) {
        return run(Cipher.ENCRYPT_MODE, key, nonce, plain, context);
    }

    /** @throws IllegalArgumentException if the text was altered or belongs to another key, nonce or context */
    static byte[] decrypt(byte[] key, byte[] nonce, byte[] text, String context) {
        return run(Cipher.DECRYPT_MODE, key, nonce, text, context);
    }

    private static byte[] run(int mode, byte[] key, byte[] nonce, byte[] text, String context) {
        try {
            var cipher = CIPHER.get();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException failure) {
            throw new IllegalArgumentException("the text was altered or belongs elsewhere", failure);
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has AES-GCM
        }
    }
}
