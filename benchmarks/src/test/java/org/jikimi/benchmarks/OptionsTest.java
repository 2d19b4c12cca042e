package org.jikimi.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void withoutArgumentsEverythingIsMeasuredAtTheSizeOfSeoul() {
        var options = Options.of();

        assertEquals(Options.ALL, options.benchmarks());
        assertEquals(1_100_000, options.children());
        assertEquals(1_000_000, options.lines());
    }

    @Test
    void oneBenchmarkCanBeMeasuredOnASmallCity() {
        var options = Options.of("round", "--children", "5000", "--runs", "1", "--json", "out.json");

        assertEquals(List.of("round"), options.benchmarks());
        assertEquals(5_000, options.children());
        assertEquals(1, options.runs());
        assertTrue(options.json().endsWith("out.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rounds", "--children", "--lines many", "--runs 0"})
    void whatMeansNothingIsRefused(String arguments) {
        assertThrows(IllegalArgumentException.class, () -> Options.of(arguments.split(" ")));
    }
}
