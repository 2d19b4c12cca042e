package org.jikimi.cases.investigation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.support.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * A protective measure for one child.
 *
 * @param items items 1 to 7 of an interim measure (Act on Special Cases concerning Child Abuse Crimes art. 19(1))
 * @param siblingIds children who have the same measure and are to be kept together
 * @param endsAt when it ends by law; null where the law sets none
 */
record Measure(
        UUID id,
        long version,
        MeasureState state,
        UUID investigationId,
        UUID childId,
        String districtCode,
        MeasureKind kind,
        List<Integer> items,
        boolean placeNeeded,
        List<UUID> siblingIds,
        List<UUID> excludedAgencyIds,
        UUID correlation,
        Instant takenAt,
        @Nullable Instant endsAt,
        int extensions) {
    private static final int LAST_ITEM_EXTENDED_TWICE = 3;

    Measure {
        items = List.copyOf(items);
        siblingIds = List.copyOf(siblingIds);
        excludedAgencyIds = List.copyOf(excludedAgencyIds);
    }

    /** How often it may be extended once it is an interim measure: twice, or once with one of the items 4 to 7. */
    int interimExtensions() {
        return !items.isEmpty() && items.stream().allMatch(item -> item <= LAST_ITEM_EXTENDED_TWICE) ? 2 : 1;
    }

    /** Whether the clock of an emergency measure ran before an interim measure was asked for. */
    boolean beganAsEmergency() {
        return kind == MeasureKind.EMERGENCY;
    }

    /** Whether the state allows the event. */
    boolean mayBe(MeasureEvent event) {
        boolean provisional = kind == MeasureKind.EMERGENCY || kind == MeasureKind.URGENT_INTERIM;
        return switch (event) {
            case INTERIM_REQUESTED -> provisional && state == MeasureState.TAKEN;
            case COURT_GRANTED, COURT_DENIED -> state == MeasureState.INTERIM_REQUESTED;
            case EXTENDED -> mayBeExtended();
            case ENDED -> state != MeasureState.ENDED;
        };
    }

    Ruling<Measure> after(MeasureEvent event, @Nullable Instant newEnd) {
        if (!mayBe(event)) {
            return Ruling.broken(InvestigationRule.MEASURE_NOT_IN_THAT_STATE);
        }
        boolean extension = event == MeasureEvent.EXTENDED;
        // An emergency measure whose time was extended waits as before; EXTENDED is for what a court has granted.
        var next = extension && kind == MeasureKind.EMERGENCY && state == MeasureState.TAKEN
                ? MeasureState.TAKEN
                : MeasureState.valueOf(event.name());
        return Ruling.allowed(new Measure(
                id,
                version + 1,
                next,
                investigationId,
                childId,
                districtCode,
                kind,
                items,
                placeNeeded,
                siblingIds,
                excludedAgencyIds,
                correlation,
                takenAt,
                newEnd,
                extensions + (extension ? 1 : 0)));
    }

    private boolean mayBeExtended() {
        return switch (kind) {
            case EMERGENCY -> isOneOf(MeasureState.TAKEN, MeasureState.COURT_GRANTED, MeasureState.EXTENDED);
            case URGENT_INTERIM -> isOneOf(MeasureState.COURT_GRANTED, MeasureState.EXTENDED);
            case INTERIM -> isOneOf(MeasureState.TAKEN, MeasureState.EXTENDED);
            case IMMEDIATE_SEPARATION -> false;
        };
    }

    private boolean isOneOf(MeasureState... states) {
        return List.of(states).contains(state);
    }
}
