package org.jikimi.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * The realm with a password for every user. The realm in the repository has none; here each user gets the hash of the
 * one random password, made once, so that the import does not hash it slowly for each. The password has 144 random
 * bits: few iterations are enough, and logins stay fast.
 */
final class RealmImport {
    private static final String ALGORITHM = "pbkdf2-sha512";
    private static final int ITERATIONS = 10_000;
    private static final int HASH_BITS = 512;
    private static final String REALM_BEGINS = "{\n";
    private static final String USER_BEGINS = "    {\"username\":";

    private RealmImport() {}

    static String of(Path realm, String password) {
        try {
            var withoutPasswords = Files.readString(realm);
            var policy = REALM_BEGINS + "  \"passwordPolicy\": \"hashAlgorithm(" + ALGORITHM + ") and hashIterations("
                    + ITERATIONS + ")\",\n";
            return policy
                    + withoutPasswords
                            .substring(REALM_BEGINS.length())
                            .replace(
                                    USER_BEGINS, "    {\"credentials\": [" + credential(password) + "], \"username\":");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String credential(String password) {
        var salt = Secrets.bytes(16);
        var secret = "{\\\"value\\\":\\\"%s\\\",\\\"salt\\\":\\\"%s\\\",\\\"additionalParameters\\\":{}}"
                .formatted(base64(hash(password, salt)), base64(salt));
        var how = "{\\\"hashIterations\\\":%d,\\\"algorithm\\\":\\\"%s\\\",\\\"additionalParameters\\\":{}}"
                .formatted(ITERATIONS, ALGORITHM);
        return "{\"type\": \"password\", \"secretData\": \"" + secret + "\", \"credentialData\": \"" + how + "\"}";
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ITERATIONS, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
