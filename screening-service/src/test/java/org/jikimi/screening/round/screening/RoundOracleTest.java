package org.jikimi.screening.round.screening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.LongStream;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.RunRound;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundOracleTest {
    /** Random cities: 20, or 200 in the long test. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("jikimi.long") ? 200 : 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aRoundFlagsExactlyWhomAQueryOverTheRawSignalsFinds(long seed) throws Exception {
        var world = new World();
        new RandomCity(world, seed, 120).settle();
        var asOf = seed % 2 == 0 ? World.TODAY : World.TODAY.minusDays(45);
        var expected = FlagOracle.expected(world, asOf);

        var round = new RunRound(world).screened(Programme.QUARTERLY_SCREENING, asOf);

        assertFalse(expected.isEmpty());
        assertEquals(expected, FlagOracle.actual(world, round));
    }
}
