package org.jikimi.testkit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as the realm issues them (RS256, audience {@code jikimi}), signed with a key pair of this JVM that a service
 * started by {@link ServiceParts} trusts. Values must need no JSON escaping.
 */
public final class TestTokens {
    private static final String SHARED = "jikimi.test.token-keys";

    /**
     * What stands in the token of a caller; each method answers a changed copy.
     *
     * @param lifetime from now; negative for an expired token
     * @param foreign whether a key nobody trusts signs it
     */
    public record Bearer(
            String principal,
            Set<String> roles,
            @Nullable String agencyId,
            List<String> districts,
            @Nullable String sourceKind,
            String audience,
            Duration lifetime,
            boolean foreign) {
        public Bearer {
            roles = Set.copyOf(roles);
            districts = List.copyOf(districts);
        }

        public Bearer agency(UUID id) {
            return agencyClaim(id.toString());
        }

        /** The claim {@code agency_id} as written, well-formed or not. */
        public Bearer agencyClaim(String value) {
            return new Bearer(principal, roles, value, districts, sourceKind, audience, lifetime, foreign);
        }

        public Bearer districts(String... codes) {
            return new Bearer(principal, roles, agencyId, List.of(codes), sourceKind, audience, lifetime, foreign);
        }

        public Bearer sourceKind(String kind) {
            return new Bearer(principal, roles, agencyId, districts, kind, audience, lifetime, foreign);
        }

        public Bearer audience(String other) {
            return new Bearer(principal, roles, agencyId, districts, sourceKind, other, lifetime, foreign);
        }

        public Bearer expired() {
            return new Bearer(
                    principal, roles, agencyId, districts, sourceKind, audience, Duration.ofHours(-1), foreign);
        }

        public Bearer signedByAnother() {
            return new Bearer(principal, roles, agencyId, districts, sourceKind, audience, lifetime, true);
        }

        /** The signed token, for the header {@code Authorization: Bearer}. */
        public String token() {
            return sign(this);
        }

        @Override
        public String toString() {
            return "Bearer[" + principal + "]";
        }
    }

    private TestTokens() {}

    /** A caller whose {@code sub} is derived from the name; without district, agency or source kind. */
    public static Bearer of(String name, String... roles) {
        var subject = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        return new Bearer(
                subject.toString(), Set.of(roles), null, List.of(), null, "jikimi", Duration.ofMinutes(30), false);
    }

    /** The key that verifies the tokens, base64 of its X.509 form, as {@code quarkus.oidc.public-key} wants it. */
    public static String publicKey() {
        return shared().split(":", 2)[1];
    }

    private static String sign(Bearer bearer) {
        // The machine's clock, since that is what the verifier compares with.
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var expiry = now.plus(bearer.lifetime());
        var issued = bearer.lifetime().isNegative() ? expiry.minusSeconds(60) : now;
        var claims = new StringBuilder("{\"iss\":\"jikimi-test\",\"typ\":\"Bearer\",\"azp\":\"jikimi-cli\"")
                .append(",\"jti\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\""
                        .formatted(UUID.randomUUID(), bearer.principal(), bearer.audience()))
                .append(",\"iat\":%d,\"exp\":%d".formatted(issued.getEpochSecond(), expiry.getEpochSecond()))
                .append(",\"realm_access\":{\"roles\":%s}".formatted(array(new TreeSet<>(bearer.roles()))))
                .append(",\"district_codes\":%s".formatted(array(bearer.districts())));
        if (bearer.agencyId() != null) {
            claims.append(",\"agency_id\":\"%s\"".formatted(bearer.agencyId()));
        }
        if (bearer.sourceKind() != null) {
            claims.append(",\"source_kind\":\"%s\"".formatted(bearer.sourceKind()));
        }
        var content = base64("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + base64(claims.append('}').toString());
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(bearer.foreign() ? newKeys().getPrivate() : privateKey());
            signer.update(content.getBytes(StandardCharsets.UTF_8));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String array(Iterable<String> values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(value -> "\"" + value + "\"")
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String base64(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static PrivateKey privateKey() throws GeneralSecurityException {
        var encoded = Base64.getDecoder().decode(shared().split(":", 2)[0]);
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    /** In the system properties, because test and test resource may see this class through different class loaders. */
    private static String shared() {
        synchronized (System.getProperties()) {
            var known = System.getProperty(SHARED);
            if (known != null) {
                return known;
            }
            var keys = newKeys();
            var encoder = Base64.getEncoder();
            var made = encoder.encodeToString(keys.getPrivate().getEncoded()) + ":"
                    + encoder.encodeToString(keys.getPublic().getEncoded());
            System.setProperty(SHARED, made);
            return made;
        }
    }

    private static KeyPair newKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
