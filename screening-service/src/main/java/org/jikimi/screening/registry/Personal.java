package org.jikimi.screening.registry;

import java.util.UUID;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.keys.SubjectRing;
import org.jspecify.annotations.Nullable;

/**
 * Who a child is. Leaves the registry only for those who may know, with a purpose, and audited.
 *
 * @param scheme {@code RRN}, {@code TNN} or {@code TMN}; null if no register knows the child yet
 */
record Personal(
        @Nullable String name,
        @Nullable String address,
        @Nullable String scheme,
        @Nullable String identifier) {
    byte[] seal(SubjectRing keys, UUID childId) {
        return keys.seal(childId, Json.write(this), context(childId));
    }

    static Personal open(SubjectRing keys, UUID childId, byte[] sealed) {
        return Json.read(keys.open(childId, sealed, context(childId)), Personal.class);
    }

    /** That of a child; nothing if nothing is kept of who it is. */
    static Personal of(SubjectKeys keys, Children.Child child) {
        return child.personal() == null
                ? new Personal(null, null, null, null)
                : open(keys.of(child.id(), child.key()), child.id(), child.personal());
    }

    private static String context(UUID childId) {
        return "child:" + childId;
    }

    @Override
    public String toString() {
        return "personal data";
    }
}
