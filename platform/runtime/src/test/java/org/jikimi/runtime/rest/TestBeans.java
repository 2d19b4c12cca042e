package org.jikimi.runtime.rest;

import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.keys.Keyring;

/** Stands in for keys and audit where the service brings none. */
@Singleton
class TestBeans {
    @Produces
    @Singleton
    @DefaultBean
    Audit audit() {
        return (tx, entry) -> {};
    }

    @Produces
    @Singleton
    @DefaultBean
    Keyring keys() {
        return keyring();
    }

    /** One key of this JVM. */
    static Keyring keyring() {
        var random = new SecureRandom();
        var bytes = new byte[32];
        random.nextBytes(bytes);
        var key = new SecretKeySpec(bytes, "AES");
        return new Keyring() {
            @Override
            public byte[] encrypt(byte[] plain, String context) {
                var nonce = new byte[12];
                random.nextBytes(nonce);
                var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context, plain);
                return ByteBuffer.allocate(12 + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array();
            }

            @Override
            public byte[] decrypt(byte[] sealed, String context) {
                if (sealed.length < 12) {
                    throw new IllegalArgumentException("too short");
                }
                return cipher(
                        Cipher.DECRYPT_MODE,
                        Arrays.copyOf(sealed, 12),
                        context,
                        Arrays.copyOfRange(sealed, 12, sealed.length));
            }

            @Override
            public byte[] mac(String purpose, byte[] value) {
                try {
                    var mac = Mac.getInstance("HmacSHA256");
                    mac.init(key);
                    mac.update(purpose.getBytes(StandardCharsets.UTF_8));
                    return mac.doFinal(value);
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }

            private byte[] cipher(int mode, byte[] nonce, String context, byte[] text) {
                try {
                    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
                    cipher.init(mode, key, new GCMParameterSpec(128, nonce));
                    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
                    return cipher.doFinal(text);
                } catch (GeneralSecurityException e) {
                    throw new IllegalArgumentException(e);
                }
            }
        };
    }
}
