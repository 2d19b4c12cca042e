package org.jikimi.screening.signal;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.keys.Keyring;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwe.ContentEncryptionAlgorithmIdentifiers;
import org.jose4j.jwe.JsonWebEncryption;
import org.jose4j.jwe.KeyManagementAlgorithmIdentifiers;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwx.HeaderParameterNames;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The keys to which agencies seal signals that name a child by a national identifier: Kafka keeps what it is given, and
 * so it is given no such thing in the clear. Elliptic-curve keys (P-256) for JSON Web Encryption (RFC 7516) by {@code
 * ECDH-ES} and {@code A256GCM}. Private halves lie in the database, encrypted. The newest is the one to seal to; older ones
 * still open.
 */
@ApplicationScoped
class SignalKeys {
    private static final AlgorithmConstraints AGREEMENT =
            new AlgorithmConstraints(ConstraintType.PERMIT, KeyManagementAlgorithmIdentifiers.ECDH_ES);
    private static final AlgorithmConstraints CONTENT =
            new AlgorithmConstraints(ConstraintType.PERMIT, ContentEncryptionAlgorithmIdentifiers.AES_256_GCM);

    private final Keyring keyring;

    SignalKeys(Keyring keyring) {
        this.keyring = keyring;
    }

    /** Makes a key that from now on is the one to seal to. */
    PublicJsonWebKey make(Connection tx, UUID id, Instant now) throws SQLException {
        try {
            var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
            key.setKeyId(id.toString());
            key.setUse("enc");
            key.setAlgorithm(KeyManagementAlgorithmIdentifiers.ECDH_ES);
            try (var insert = tx.prepareStatement("INSERT INTO signal_key (id, made_at, sealed) VALUES (?, ?, ?)")) {
                insert.setObject(1, id);
                insert.setObject(2, now.atOffset(ZoneOffset.UTC));
                insert.setBytes(
                        3,
                        keyring.encrypt(
                                key.toJson(OutputControlLevel.INCLUDE_PRIVATE).getBytes(UTF_8), context(id)));
                insert.executeUpdate();
            }
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All keys, the one to seal to first; makes the first. */
    List<PublicJsonWebKey> all(Connection tx, UUID first, Instant now) throws SQLException {
        KeyLocks.lock(tx, List.of("signal keys"));
        var keys = new ArrayList<>(stored(tx).values());
        if (keys.isEmpty()) {
            keys.add(make(tx, first, now));
        }
        return keys.reversed();
    }

    /** What a transaction opens sealed signals with. */
    Opener opener(Connection tx) throws SQLException {
        return new Opener(stored(tx));
    }

    private Map<String, PublicJsonWebKey> stored(Connection tx) throws SQLException {
        var keys = new LinkedHashMap<String, PublicJsonWebKey>();
        try (var select = tx.prepareStatement("SELECT id, sealed FROM signal_key ORDER BY made_at, id");
                var row = select.executeQuery()) {
            while (row.next()) {
                var id = row.getObject(1, UUID.class);
                keys.put(id.toString(), PublicJsonWebKey.Factory.newPublicJwk(opened(row.getBytes(2), id)));
            }
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
        return keys;
    }

    /** A key of the ring that is not here yet, or no more, is ours to set right: until then signals wait. */
    private String opened(byte[] sealed, UUID id) throws SQLException {
        try {
            return new String(keyring.decrypt(sealed, context(id)), UTF_8);
        } catch (IllegalArgumentException noKey) {
            throw new SQLException(
                    "signal key " + id + " cannot be opened with the keys that are here", "58000", noKey);
        }
    }

    private static String context(UUID id) {
        return "signal-key:" + id;
    }

    /** Opens what was sealed to any of the keys. */
    static final class Opener {
        private final Map<String, PublicJsonWebKey> keys;

        private Opener(Map<String, PublicJsonWebKey> keys) {
            this.keys = keys;
        }

        /** What was sealed, in compact form; empty if it was sealed otherwise, to no key of ours, or altered. */
        Optional<byte[]> open(byte[] compact) {
            try {
                var jwe = new JsonWebEncryption();
                jwe.setAlgorithmConstraints(AGREEMENT);
                jwe.setContentEncryptionAlgorithmConstraints(CONTENT);
                jwe.setCompactSerialization(new String(compact, UTF_8).strip());
                var key = keys.get(String.valueOf(jwe.getKeyIdHeaderValue()));
                if (key == null || jwe.getHeader(HeaderParameterNames.ZIP) != null) {
                    return Optional.empty();
                }
                jwe.setKey(key.getPrivateKey());
                return Optional.of(jwe.getPlaintextBytes());
            } catch (JoseException | RuntimeException notOurs) { // the library throws either for what is malformed
                return Optional.empty();
            }
        }
    }
}
