package org.jikimi.runtime.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keys from configuration. Each serves encryption and matching through subkeys of its own, so that none is ever used
 * twice. A sealed text is: length of the key's id, the id, a nonce of 12 bytes, the ciphertext with its tag. To rotate
 * encryption, add a key and make it current; the old one stays for decrypting. A new matching key needs its hashes made
 * anew from the encrypted originals; audit rows cannot be made anew, so the old one stays for checking them.
 */
public final class ConfiguredKeyring implements Keyring {
    private static final int KEY_BYTES = 32;

    private final Map<String, byte[]> keys;
    private final String current;
    private final String matching;
    /** Made once: each costs as much as what is then done with it. */
    private final Map<Subkey, byte[]> subkeys = new ConcurrentHashMap<>();

    private record Subkey(String keyId, String use) {}

    /**
     * A keyring.
     *
     * @param keys 32 bytes by id, which is at most 127 bytes long
     * @param current id of the key to encrypt with
     * @param matching id of the key to hash with
     * @throws IllegalArgumentException if a key is missing or of the wrong length
     */
    public ConfiguredKeyring(Map<String, byte[]> keys, String current, String matching) {
        this.keys = new TreeMap<>(keys);
        this.current = current;
        this.matching = matching;
        this.keys.forEach((id, key) -> {
            if (key.length != KEY_BYTES || id.getBytes(UTF_8).length > Byte.MAX_VALUE) {
                throw new IllegalArgumentException("key " + id + " must have " + KEY_BYTES + " bytes");
            }
        });
        if (!keys.containsKey(current) || !keys.containsKey(matching)) {
            throw new IllegalArgumentException("the current key or the matching key is not among the keys");
        }
    }

    @Override
    public byte[] encrypt(byte[] plain, String context) {
        var id = current.getBytes(UTF_8);
        var nonce = Gcm.nonce();
        var sealed = Gcm.encrypt(subkey(current, "encrypt"), nonce, plain, context);
        return ByteBuffer.allocate(1 + id.length + nonce.length + sealed.length)
                .put((byte) id.length)
                .put(id)
                .put(nonce)
                .put(sealed)
                .array();
    }

    @Override
    public byte[] decrypt(byte[] sealed, String context) {
        var text = ByteBuffer.wrap(sealed);
        int idLength = text.hasRemaining() ? text.get() : -1;
        if (idLength < 0 || text.remaining() < idLength + Gcm.NONCE_BYTES) {
            throw new IllegalArgumentException("not a sealed text");
        }
        var id = new byte[idLength];
        var nonce = new byte[Gcm.NONCE_BYTES];
        text.get(id).get(nonce);
        var rest = new byte[text.remaining()];
        text.get(rest);
        return Gcm.decrypt(subkey(new String(id, UTF_8), "encrypt"), nonce, rest, context);
    }

    @Override
    public byte[] mac(String purpose, byte[] value) {
        return mac(matching, purpose, value);
    }

    @Override
    public UnaryOperator<byte[]> macs(String purpose) {
        return hmac(subkey(matching, "mac:" + purpose))::doFinal;
    }

    @Override
    public boolean isMac(String purpose, byte[] value, byte[] mac) {
        return keys.keySet().stream().anyMatch(id -> MessageDigest.isEqual(mac(id, purpose, value), mac));
    }

    private byte[] mac(String keyId, String purpose, byte[] value) {
        return hmac(subkey(keyId, "mac:" + purpose), value);
    }

    private byte[] subkey(String keyId, String use) {
        var key = keys.get(keyId);
        if (key == null) {
            throw new IllegalArgumentException("the key is gone");
        }
        return subkeys.computeIfAbsent(
                new Subkey(keyId, use), subkey -> hmac(key, ("jikimi:" + subkey.use()).getBytes(UTF_8)));
    }

    private static byte[] hmac(byte[] key, byte[] value) {
        return hmac(key).doFinal(value);
    }

    private static Mac hmac(byte[] key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has HmacSHA256
        }
    }
}
