package org.jikimi.cases.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jspecify.annotations.Nullable;

/** Free text as it is stored: encrypted under the key of its subject, and bound to what it belongs to. */
@ApplicationScoped
public class Texts {
    private final SubjectKeys keys;

    public Texts(SubjectKeys keys) {
        this.keys = keys;
    }

    /**
     * Encrypts.
     *
     * @param subject with whose key it can be read, and is lost: the child; for what is said of a whole household, the visit
     * @param what the kind of text, such as {@code report.narrative}
     * @param of whose it is
     */
    public byte @Nullable [] seal(Connection tx, UUID subject, @Nullable String text, String what, UUID of)
            throws SQLException {
        return text == null
                ? null
                : keys.make(tx, List.of(subject)).seal(subject, text.getBytes(UTF_8), what + ":" + of);
    }

    /** Decrypts what was sealed for the same subject, kind and owner; and what was sealed before subjects had keys. */
    public @Nullable String open(Connection tx, UUID subject, byte @Nullable [] sealed, String what, UUID of)
            throws SQLException {
        return sealed == null
                ? null
                : new String(keys.of(tx, List.of(subject)).open(subject, sealed, what + ":" + of), UTF_8);
    }
}
