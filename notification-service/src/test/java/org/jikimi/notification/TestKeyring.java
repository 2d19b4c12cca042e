package org.jikimi.notification;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jikimi.runtime.keys.Keyring;

/** Hides texts well enough for a test to see that they are hidden, and minds the context. */
public final class TestKeyring implements Keyring {
    private static final int MARK = 4;

    @Override
    public byte[] encrypt(byte[] plain, String context) {
        var sealed = Arrays.copyOf(mac("mark", context.getBytes(StandardCharsets.UTF_8)), MARK + plain.length);
        for (int i = 0; i < plain.length; i++) {
            sealed[MARK + i] = (byte) (plain[i] ^ 0x5a);
        }
        return sealed;
    }

    @Override
    public byte[] decrypt(byte[] sealed, String context) {
        var plain = new byte[sealed.length - MARK];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = (byte) (sealed[MARK + i] ^ 0x5a);
        }
        if (!Arrays.equals(encrypt(plain, context), sealed)) {
            throw new IllegalArgumentException("another context");
        }
        return plain;
    }

    @Override
    public byte[] mac(String purpose, byte[] value) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            return digest.digest(value);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
