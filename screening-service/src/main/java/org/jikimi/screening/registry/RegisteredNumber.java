package org.jikimi.screening.registry;

import java.sql.Connection;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;

/**
 * The number under which the register knows a child, for the register itself. Whoever reads it notes it for the audit.
 *
 * @param scheme {@code RRN}, {@code TNN} or {@code TMN}
 * @param value as the register sent it last
 */
public record RegisteredNumber(String scheme, String value) {

    /**
     * That under the id itself, though it may be an alias; empty if no register knows it yet.
     */
    public static Optional<RegisteredNumber> of(Connection tx, SubjectKeys keys, UUID id) {
        var child = new Children().kept(tx, id);
        if (child.isEmpty()) {
            return Optional.empty();
        }
        var personal = Personal.of(keys, child.get());
        return personal.scheme() == null || personal.identifier() == null
                ? Optional.empty()
                : Optional.of(new RegisteredNumber(personal.scheme(), personal.identifier()));
    }

    @Override
    public String toString() {
        return "number of a child";
    }
}
