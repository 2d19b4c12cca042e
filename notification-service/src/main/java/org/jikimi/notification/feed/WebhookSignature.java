package org.jikimi.notification.feed;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs a webhook as Standard Webhooks 1.0 has it: HMAC-SHA-256 over {@code id.timestamp.body}. */
final class WebhookSignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PREFIX = "whsec_".length();

    private WebhookSignature() {}

    /** The value of {@code webhook-signature}. */
    static String of(String secret, String id, long timestamp, String body) {
        var key = Base64.getDecoder().decode(secret.substring(PREFIX));
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            var signed = mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
