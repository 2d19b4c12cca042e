package org.jikimi.runtime.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys of some subjects, for the transaction that read them. A text sealed under a subject's key begins with a byte that
 * no text of the {@link Keyring} begins with; one sealed by the keyring, before subjects had keys, is opened by it.
 */
public final class SubjectRing {
    private static final byte OF_A_SUBJECT = -1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Keyring keyring;
    private final Map<UUID, byte[]> keys;
    private final SecureRandom random = new SecureRandom();

    SubjectRing(Keyring keyring, Map<UUID, byte[]> keys) {
        this.keyring = keyring;
        this.keys = keys;
    }

    /**
     * Encrypts with AES-256-GCM under the subject's key.
     *
     * @param context as for {@link Keyring#encrypt}
     * @throws IllegalArgumentException if the subject's key is not on this ring
     */
    public byte[] seal(UUID subject, byte[] plain, String context) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = cipher(Cipher.ENCRYPT_MODE, subject, nonce, plain, context);
        return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
                .put(OF_A_SUBJECT)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * Decrypts.
     *
     * @throws IllegalArgumentException if the text was altered, belongs to another context, or its key is gone
     */
    public byte[] open(UUID subject, byte[] sealed, String context) {
        if (sealed.length == 0 || sealed[0] != OF_A_SUBJECT) {
            return keyring.decrypt(sealed, context);
        }
        if (sealed.length < 1 + NONCE_BYTES) {
            throw new IllegalArgumentException("not a sealed text");
        }
        var text = ByteBuffer.wrap(sealed).position(1);
        var nonce = new byte[NONCE_BYTES];
        text.get(nonce);
        var rest = new byte[text.remaining()];
        text.get(rest);
        return cipher(Cipher.DECRYPT_MODE, subject, nonce, rest, context);
    }

    private byte[] cipher(int mode, UUID subject, byte[] nonce, byte[] text, String context) {
        var key = keys.get(subject);
        if (key == null) {
            throw new IllegalArgumentException("the key is gone");
        }
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(context.getBytes(UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException failure) {
            throw new IllegalArgumentException("the text was altered or belongs elsewhere", failure);
        }
    }
}
