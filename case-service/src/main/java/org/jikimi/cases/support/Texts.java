package org.jikimi.cases.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jikimi.runtime.keys.Keyring;
import org.jspecify.annotations.Nullable;

/** Free text as it is stored: encrypted, and bound to what it belongs to. */
@ApplicationScoped
public class Texts {
    private final Keyring keys;

    public Texts(Keyring keys) {
        this.keys = keys;
    }

    /**
     * Encrypts.
     *
     * @param what the kind of text, such as {@code report.narrative}
     * @param of whose it is
     */
    public byte @Nullable [] seal(@Nullable String text, String what, UUID of) {
        return text == null ? null : keys.encrypt(text.getBytes(UTF_8), what + ":" + of);
    }

    /** Decrypts what was sealed for the same kind and owner. */
    public @Nullable String open(byte @Nullable [] sealed, String what, UUID of) {
        return sealed == null ? null : new String(keys.decrypt(sealed, what + ":" + of), UTF_8);
    }
}
