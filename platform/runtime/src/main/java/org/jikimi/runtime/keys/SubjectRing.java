package org.jikimi.runtime.keys;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;

/**
 * The keys of some subjects, for the transaction that read them. A text sealed under a subject's key begins with a byte that
 * no text of the {@link Keyring} begins with; one sealed by the keyring, before subjects had keys, is opened by it.
 */
public final class SubjectRing {
    private static final byte OF_A_SUBJECT = -1;

    private final Keyring keyring;
    private final Map<UUID, byte[]> keys;

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
        var nonce = Gcm.nonce();
        var sealed = Gcm.encrypt(key(subject), nonce, plain, context);
        return ByteBuffer.allocate(1 + nonce.length + sealed.length)
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
        if (sealed.length < 1 + Gcm.NONCE_BYTES) {
            throw new IllegalArgumentException("not a sealed text");
        }
        var text = ByteBuffer.wrap(sealed).position(1);
        var nonce = new byte[Gcm.NONCE_BYTES];
        text.get(nonce);
        var rest = new byte[text.remaining()];
        text.get(rest);
        return Gcm.decrypt(key(subject), nonce, rest, context);
    }

    private byte[] key(UUID subject) {
        var key = keys.get(subject);
        if (key == null) {
            throw new IllegalArgumentException("the key is gone");
        }
        return key;
    }
}
