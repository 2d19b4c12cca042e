package org.jikimi.screening.registry;

import java.nio.charset.StandardCharsets;
import org.jikimi.runtime.keys.Keyring;

/** Identifiers of children, kept as keyed hashes for matching. */
public final class Identifiers {
    private Identifiers() {}

    /**
     * The keyed hash of an identifier.
     *
     * @param scheme {@code RRN} resident number, {@code TNN} temporary newborn number 임시신생아번호 or {@code TMN} temporary
     *     management number 임시관리번호
     */
    public static byte[] mac(Keyring keys, String scheme, String value) {
        return keys.mac("identifier", (scheme + ":" + value).getBytes(StandardCharsets.UTF_8));
    }
}
