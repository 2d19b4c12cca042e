package org.jikimi.runtime.event;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Mints the ids of events: UUIDv7 (RFC 9562), so that what is stored by id is also stored by time. */
public final class EventIds {
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private EventIds() {}

    /** A new id, greater than every earlier one of this process. */
    public static UUID next() {
        return GENERATOR.generate();
    }

    /** When the id was minted, to the millisecond; empty if it is not a UUIDv7. */
    public static Optional<Instant> timeOf(UUID id) {
        return id.version() == 7
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }
}
