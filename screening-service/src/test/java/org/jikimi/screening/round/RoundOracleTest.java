package org.jikimi.screening.round;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.jikimi.screening.World;
import org.jikimi.screening.reference.Programme;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundOracleTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
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
