package org.jikimi.cases.clock;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jikimi.cases.support.Ids;
import org.jikimi.cases.support.Ruling;
import org.jspecify.annotations.Nullable;

/**
 * A legal clock 법정기한.
 *
 * @param extensions how often it was extended, by a recorded decision each time
 * @param approachedAt when its owner was warned
 * @param breachedAt when it was first found to have run out; stays when it is stopped late
 * @param endedByRegister whether it was stopped because the register says that the child has died, and nobody found the child
 *     since
 * @param endedAs under which other id a person found the child, if that stopped it; null otherwise
 */
record LegalClock(
        UUID id,
        long version,
        ClockState state,
        ClockCode code,
        UUID subjectId,
        UUID childId,
        String districtCode,
        UUID correlation,
        Instant startedAt,
        Instant dueAt,
        int extensions,
        @Nullable Instant approachedAt,
        @Nullable Instant breachedAt,
        @Nullable Instant stoppedAt,
        @Nullable CancelReason cancelReason,
        boolean endedByRegister,
        @Nullable UUID endedAs) {
    private static final Term EMERGENCY_EXTENSION = new Term("PT48H");

    /** Starts a clock; the urgency decides its length where the law knows urgencies. */
    static LegalClock started(ClockStart start, String urgency) {
        return new LegalClock(
                Ids.of(start.subjectId(), "clock/" + start.code() + "/" + start.childId()),
                1,
                ClockState.RUNNING,
                start.code(),
                start.subjectId(),
                start.childId(),
                start.districtCode(),
                start.correlation(),
                start.at(),
                ClockLaw.of(start.code()).term(urgency).after(start.at()),
                0,
                null,
                null,
                null,
                null,
                false,
                null);
    }

    /** The owner is warned when three quarters of the time have passed, whatever its length. */
    Instant warnAt() {
        return startedAt.plus(Duration.between(startedAt, dueAt).multipliedBy(3).dividedBy(4));
    }

    boolean isToBeWarnedOf(Instant now) {
        return state == ClockState.RUNNING && approachedAt == null && !now.isBefore(warnAt()) && now.isBefore(dueAt);
    }

    boolean hasRunOut(Instant now) {
        return state == ClockState.RUNNING && !now.isBefore(dueAt);
    }

    LegalClock warned(Instant at) {
        return with(ClockState.RUNNING, dueAt, extensions, at, breachedAt, null, null);
    }

    LegalClock breached(Instant at) {
        var first = breachedAt == null ? at : breachedAt;
        return with(ClockState.BREACHED, dueAt, extensions, approachedAt, first, null, null);
    }

    LegalClock stopped(Instant at) {
        return with(ClockState.STOPPED, dueAt, extensions, approachedAt, breachedAt, at, null);
    }

    /** The register says that the child has died. */
    LegalClock paused(Instant at) {
        return stopped(at).with(true, null);
    }

    /** It was stopped for good: another clock runs in its place. */
    LegalClock stoppedForGood() {
        return with(state, dueAt, extensions, approachedAt, breachedAt, stoppedAt, cancelReason);
    }

    /** A person has found the child: that stops it for good, unless the id proves to be of another child. */
    LegalClock found(UUID as, Instant at) {
        var ended = state.isOpen() ? stopped(at) : stoppedForGood();
        return ended.with(false, as.equals(childId) ? null : as);
    }

    /** It runs on as if it had never stopped, and warns or runs out anew. */
    LegalClock resumed() {
        return with(ClockState.RUNNING, dueAt, extensions, null, breachedAt, null, null);
    }

    Ruling<LegalClock> cancelled(CancelReason reason, Instant at) {
        return state.isOpen()
                ? Ruling.allowed(with(ClockState.CANCELLED, dueAt, extensions, approachedAt, breachedAt, at, reason))
                : Ruling.broken(ClockRule.CLOCK_NOT_OPEN);
    }

    /**
     * Extends it, as the catalogue allows and never by itself: an emergency measure once, by 48 hours, if a Saturday or
     * public holiday falls inside (art. 12(3)); an interim measure by its term again, as often as its items allow (art.
     * 19(4)); temporary protection once.
     *
     * @param interimExtensions how often an interim measure may be extended: 2, or 1 with one of the items 4 to 7
     */
    Ruling<LegalClock> extended(int interimExtensions, Instant now) {
        if (!state.isOpen()) {
            return Ruling.broken(ClockRule.CLOCK_NOT_OPEN);
        }
        if (!now.isBefore(dueAt)) {
            return Ruling.broken(ClockRule.CLOCK_HAS_RUN_OUT);
        }
        return switch (code) {
            case EMERGENCY_MEASURE_END, INTERIM_MEASURE_REQUEST ->
                Holidays.fallInto(startedAt, dueAt)
                        ? extendedBy(EMERGENCY_EXTENSION, 1)
                        : Ruling.broken(ClockRule.EXTENSION_NEEDS_HOLIDAY);
            case INTERIM_MEASURE_END -> extendedBy(ClockLaw.of(code).term(""), interimExtensions);
            case TEMPORARY_PROTECTION_END -> extendedBy(ClockLaw.of(code).term(""), 1);
            case INTERIM_MEASURE_REQUEST_AFTER_URGENT,
                    COURT_DECISION,
                    IMMEDIATE_SEPARATION_DECISION,
                    INVESTIGATION_START,
                    CROSS_NOTICE,
                    REFUSED_VISIT_JOINT,
                    DETERMINATION_DUE,
                    HOME_SURVEY,
                    DISCOVERY_SURVEY,
                    ABROAD_REENTRY_CHECK -> Ruling.broken(ClockRule.EXTENDED_TO_THE_LIMIT);
        };
    }

    private Ruling<LegalClock> extendedBy(Term more, int mostExtensions) {
        return extensions < mostExtensions
                ? Ruling.allowed(
                        with(ClockState.RUNNING, more.after(dueAt), extensions + 1, null, breachedAt, null, null))
                : Ruling.broken(ClockRule.EXTENDED_TO_THE_LIMIT);
    }

    private LegalClock with(boolean byRegister, @Nullable UUID as) {
        return new LegalClock(
                id,
                version,
                state,
                code,
                subjectId,
                childId,
                districtCode,
                correlation,
                startedAt,
                dueAt,
                extensions,
                approachedAt,
                breachedAt,
                stoppedAt,
                cancelReason,
                byRegister,
                as);
    }

    private LegalClock with(
            ClockState newState,
            Instant newDueAt,
            int newExtensions,
            @Nullable Instant newApproachedAt,
            @Nullable Instant newBreachedAt,
            @Nullable Instant newStoppedAt,
            @Nullable CancelReason reason) {
        return new LegalClock(
                id,
                version + 1,
                newState,
                code,
                subjectId,
                childId,
                districtCode,
                correlation,
                startedAt,
                newDueAt,
                newExtensions,
                newApproachedAt,
                newBreachedAt,
                newStoppedAt,
                reason,
                false,
                null);
    }
}
