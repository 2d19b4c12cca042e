package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import org.jikimi.city.City;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoryRecordTest {
    private static final City CITY = new City(1_000, 7, LocalDate.parse("2026-10-01"));

    @TempDir
    private Path directory;

    @Test
    void anEmptyDirectoryHoldsNoCity() throws IOException {
        StoryRecord fresh = StoryRecord.in(directory);

        assertThat(fresh.city()).isEmpty();
        assertThat(fresh.round(Programme.QUARTERLY_SCREENING)).isNull();
        assertThat(fresh.weeksOver()).isZero();
        assertThat(fresh.isTold()).isFalse();
    }

    @Test
    void aStoryThatWasCutOffIsKnownByItsCityItsRoundsAndItsWeeks() throws IOException {
        StoryRecord first = StoryRecord.in(directory);
        first.begin(CITY);
        first.screened(Programme.QUARTERLY_SCREENING, "round-1");
        first.screened(Programme.JOINT_INSPECTION, "round-2");
        first.over(3);

        StoryRecord later = StoryRecord.in(directory);

        assertThat(later.city()).contains(CITY);
        assertThat(later.round(Programme.QUARTERLY_SCREENING)).isEqualTo("round-1");
        assertThat(later.round(Programme.JOINT_INSPECTION)).isEqualTo("round-2");
        assertThat(later.weeksOver()).isEqualTo(3);
        assertThat(later.isTold()).isFalse();
    }

    @Test
    void aStoryThatWasToldToItsEndIsNotToldAgain() throws IOException {
        StoryRecord first = StoryRecord.in(directory);
        first.begin(CITY);
        first.told();

        assertThat(StoryRecord.in(directory).isTold()).isTrue();
    }
}
