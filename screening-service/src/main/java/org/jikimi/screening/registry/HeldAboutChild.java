package org.jikimi.screening.registry;

import java.sql.Connection;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jspecify.annotations.Nullable;

/**
 * All that the registry holds about a child, but its numbers, for an answer to the child itself. Whoever reads it notes it
 * for the audit.
 *
 * @param id of the child that survives
 * @param scheme {@code RRN}, {@code TNN} or {@code TMN}; null if no register knows the child yet
 */
public record HeldAboutChild(
        UUID id,
        @Nullable String name,
        @Nullable String address,
        @Nullable LocalDate birthDate,
        @Nullable String sex,
        @Nullable String scheme,
        String familyType,
        String care,
        String districtCode,
        String dongCode,
        String status) {

    /** What is held about the child of an id. */
    public static Optional<HeldAboutChild> of(Connection tx, SubjectKeys keys, UUID id) {
        var found = new Children().find(tx, id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var child = found.get();
        var personal = Personal.of(keys, child);
        return Optional.of(new HeldAboutChild(
                child.id(),
                personal.name(),
                personal.address(),
                child.birthDate(),
                child.sex(),
                personal.scheme(),
                child.familyType(),
                child.care(),
                child.districtCode(),
                child.dongCode(),
                child.status()));
    }

    @Override
    public String toString() {
        return "held about " + id;
    }
}
