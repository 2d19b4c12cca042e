package org.jikimi.cases.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.support.Ruling;
import org.junit.jupiter.api.Test;

/** How long legal clocks run, and when they may be extended. */
class ClockTest {
    private static final Instant FRIDAY_NOON = Instant.parse("2026-11-06T03:00:00Z");
    private static final Instant MONDAY_NOON = Instant.parse("2026-11-09T03:00:00Z");

    @Test
    void everyClockIsInTheCatalogueWithItsCertainty() {
        assertThat(EnumSet.allOf(ClockCode.class))
                .allSatisfy(code -> assertThat(ClockLaw.of(code).certainty())
                        .isIn("sure", "reported", "target", "policy", "unsure"));
    }

    @Test
    void theStartOfAnInvestigationDependsOnTheUrgency() {
        assertThat(length(ClockCode.INVESTIGATION_START, "EMERGENCY")).isEqualTo(Duration.ofHours(2));
        assertThat(length(ClockCode.INVESTIGATION_START, "URGENT")).isEqualTo(Duration.ofDays(1));
        assertThat(length(ClockCode.INVESTIGATION_START, "ORDINARY")).isEqualTo(Duration.ofDays(3));
        assertThat(length(ClockCode.CROSS_NOTICE, "")).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void monthsAreSeoulsAndEndWithTheMonth() {
        assertThat(clock(ClockCode.DETERMINATION_DUE, Instant.parse("2026-12-30T16:00:00Z"))
                        .dueAt())
                .isEqualTo(Instant.parse("2027-02-27T16:00:00Z"));
    }

    @Test
    void anEmergencyMeasureRunsThroughTheWeekendAndIsNotExtendedByItself() {
        assertThat(clock(ClockCode.EMERGENCY_MEASURE_END, FRIDAY_NOON).dueAt())
                .isEqualTo(FRIDAY_NOON.plus(Duration.ofDays(3)));
    }

    @Test
    void anEmergencyMeasureOverAWeekendMayBeExtendedOnceByFortyEightHours() {
        var extended = extended(clock(ClockCode.EMERGENCY_MEASURE_END, FRIDAY_NOON));

        assertThat(extended.dueAt()).isEqualTo(FRIDAY_NOON.plus(Duration.ofDays(5)));
        assertThat(extended.extended(2, FRIDAY_NOON)).isEqualTo(Ruling.broken(ClockRule.EXTENDED_TO_THE_LIMIT));
    }

    @Test
    void anEmergencyMeasureOnWorkingDaysMayNotBeExtended() {
        assertThat(clock(ClockCode.EMERGENCY_MEASURE_END, MONDAY_NOON).extended(2, MONDAY_NOON))
                .isEqualTo(Ruling.broken(ClockRule.EXTENSION_NEEDS_HOLIDAY));
    }

    @Test
    void aPublicHolidayInsideLetsAnEmergencyMeasureBeExtended() {
        var beforeChuseok = Instant.parse("2026-09-22T00:00:00Z");

        assertThat(extended(clock(ClockCode.INTERIM_MEASURE_REQUEST, beforeChuseok))
                        .extensions())
                .isEqualTo(1);
    }

    @Test
    void aClockThatHasRunOutIsNotExtended() {
        var clock = clock(ClockCode.EMERGENCY_MEASURE_END, FRIDAY_NOON);

        assertThat(clock.extended(2, clock.dueAt())).isEqualTo(Ruling.broken(ClockRule.CLOCK_HAS_RUN_OUT));
    }

    @Test
    void anInterimMeasureIsExtendedAsOftenAsItsItemsAllow() {
        var once = extended(clock(ClockCode.INTERIM_MEASURE_END, MONDAY_NOON));

        assertThat(once.extended(1, MONDAY_NOON)).isEqualTo(Ruling.broken(ClockRule.EXTENDED_TO_THE_LIMIT));
        assertThat(extended(once).dueAt()).isEqualTo(Instant.parse("2027-05-09T03:00:00Z"));
    }

    @Test
    void theDecisionOnAnImmediateSeparationIsNeverExtended() {
        assertThat(clock(ClockCode.IMMEDIATE_SEPARATION_DECISION, FRIDAY_NOON).extended(2, FRIDAY_NOON))
                .isEqualTo(Ruling.broken(ClockRule.EXTENDED_TO_THE_LIMIT));
    }

    @Test
    void theOwnerIsWarnedWhenThreeQuartersHavePassed() {
        var clock = clock(ClockCode.REFUSED_VISIT_JOINT, MONDAY_NOON);

        assertThat(clock.warnAt()).isEqualTo(MONDAY_NOON.plus(Duration.ofHours(54)));
    }

    @Test
    void saturdaysSundaysAndSubstituteHolidaysAreHolidays() {
        assertThat(LocalDate.of(2026, 11, 7)).matches(Holidays::isHoliday);
        assertThat(LocalDate.of(2026, 11, 8)).matches(Holidays::isHoliday);
        assertThat(LocalDate.of(2027, 2, 9)).matches(Holidays::isHoliday);
        assertThat(LocalDate.of(2026, 11, 9)).matches(day -> !Holidays.isHoliday(day));
    }

    private static Duration length(ClockCode code, String urgency) {
        var clock = LegalClock.started(start(code, MONDAY_NOON), urgency);
        return Duration.between(clock.startedAt(), clock.dueAt());
    }

    private static LegalClock clock(ClockCode code, Instant at) {
        return LegalClock.started(start(code, at), "");
    }

    private static LegalClock extended(LegalClock clock) {
        return ((Ruling.Allowed<LegalClock>) clock.extended(2, clock.startedAt())).value();
    }

    private static ClockStart start(ClockCode code, Instant at) {
        return new ClockStart(code, TestWorld.id(1), TestWorld.id(2), "11350", TestWorld.id(3), at);
    }
}
