package org.jikimi.screening.registry;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What is asked of the registry, as it comes in. Nothing of it is shown by {@code toString}. */
final class ChildRequests {
    private ChildRequests() {}

    record IdentifierPart(@Nullable String scheme, @Nullable String value) {
        @Override
        public String toString() {
            return "identifier";
        }
    }

    record Description(
            @Nullable String name,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable String districtCode) {
        @Override
        public String toString() {
            return "description";
        }
    }

    /** Who is this? By identifier or description; {@code purpose} is a code such as {@code ABUSE_REPORT}. */
    record Match(
            @Nullable IdentifierPart identifier,
            @Nullable Description description,
            @Nullable String purpose) {}

    record Provisional(
            @Nullable String name,
            @Nullable String address,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable String districtCode,
            @Nullable String dongCode,
            @Nullable UUID siblingOf) {
        @Override
        public String toString() {
            return "provisional child";
        }
    }

    record Disclosure(
            @Nullable List<@Nullable UUID> childIds,
            @Nullable String purpose) {}
}
