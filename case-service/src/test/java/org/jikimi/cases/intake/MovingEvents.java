package org.jikimi.cases.intake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.cases.TestWorld;
import org.jikimi.contracts.EventTypes;
import org.jikimi.contracts.screening.v1.ChildFlagged;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.inbox.ReceivedEvent;

/** Children who are flagged, and who move between two homes, as the registry tells. */
final class MovingEvents {
    static final UUID CHILD = TestWorld.id(1);
    static final UUID SIBLING = TestWorld.id(2);
    static final UUID HOME = TestWorld.id(900);
    static final UUID OTHER_HOME = TestWorld.id(901);
    static final String OLD = TestWorld.DISTRICT;
    static final String NEW = "11110";
    static final String NEWEST = "11680";

    private MovingEvents() {}

    static ReceivedEvent flagged(int flag, UUID child, String district, UUID... siblings) {
        return flaggedAt(flag, child, district, HOME, List.of(siblings));
    }

    static ReceivedEvent flaggedAt(int flag, UUID child, String district, UUID household, List<UUID> siblings) {
        return event(
                child,
                new ChildFlagged(
                        TestWorld.id(flag),
                        1,
                        "FLAGGED",
                        child,
                        district,
                        dong(district),
                        household,
                        siblings,
                        null,
                        null,
                        90,
                        List.of(),
                        null,
                        false,
                        "2026.1",
                        LocalDate.of(2026, 11, 1),
                        Instant.parse("2026-11-02T00:00:00Z")));
    }

    static ReceivedEvent moved(long version, UUID child, String from, String to, UUID household) {
        return moved(version, child, from, dong(from), to, dong(to), household);
    }

    static String dong(String district) {
        return district.equals(OLD) ? TestWorld.DONG : district + "51500";
    }

    static ReceivedEvent moved(
            long version, UUID child, String from, String fromDong, String to, String toDong, UUID household) {
        return event(
                child,
                new ChildMoved(
                        child,
                        version,
                        "RESIDENT",
                        to,
                        toDong,
                        from,
                        fromDong,
                        household,
                        true,
                        Instant.parse("2026-11-03T00:00:00Z")));
    }

    static ReceivedEvent registered(long version, UUID child, String state) {
        return event(
                child,
                new ChildStatusChanged(
                        child,
                        version,
                        state,
                        OLD,
                        LocalDate.of(2026, 11, 1),
                        true,
                        Instant.parse("2026-11-03T00:00:00Z"),
                        null,
                        null));
    }

    /** An id that lives in the old district proves to be of the child. */
    static ReceivedEvent merged(UUID alias, long version, String district, UUID household) {
        return event(
                CHILD,
                new ChildIdentityMerged(
                        CHILD,
                        2,
                        "RESIDENT",
                        district,
                        alias,
                        version,
                        dong(district),
                        household,
                        OLD,
                        TestWorld.DONG,
                        Instant.EPOCH));
    }

    static ReceivedEvent split(UUID alias, long version, String district) {
        return event(
                CHILD,
                new ChildIdentitySplit(
                        CHILD,
                        5,
                        "DECEASED",
                        district,
                        alias,
                        version,
                        dong(district),
                        HOME,
                        OLD,
                        TestWorld.DONG,
                        Instant.EPOCH));
    }

    static ReceivedEvent event(UUID child, Record data) {
        var type = EventTypes.of(data.getClass());
        return new ReceivedEvent(
                EventIds.next(),
                type.topic(),
                0,
                0,
                child.toString(),
                Map.of("ce_type", type.ceType()),
                Json.write(data));
    }
}
