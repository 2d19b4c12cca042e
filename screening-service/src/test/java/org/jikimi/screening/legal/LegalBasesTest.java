package org.jikimi.screening.legal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.time.LocalDate;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LegalBasesTest {
    private static final String POWER = "POWER_CUTOFF";
    private static final int POWER_BIT = Indicators.of(POWER).orElseThrow().bit();

    private World world;

    @BeforeEach
    void aCityThatHasRecordedNothing() throws SQLException {
        world = new World();
    }

    @Test
    void withoutABasisNoIndicatorMayBeUsed() throws SQLException {
        assertEquals(new Lawful(0), inForce(new LegalBases(false)));
    }

    @Test
    void aRecordedBasisCountsFromItsFirstDay() throws SQLException {
        var bases = new LegalBases(false);

        record(bases, "아동복지법 제15조의4", World.TODAY.plusDays(1));
        assertEquals(new Lawful(0), inForce(bases));

        record(bases, "아동복지법 제15조의4", World.TODAY);
        assertEquals(new Lawful(1L << POWER_BIT), inForce(bases));
    }

    @Test
    void aSyntheticCityMayUseAllButWhatWasWithdrawn() throws SQLException {
        var bases = new LegalBases(true);
        assertEquals(44, Long.bitCount(inForce(bases).mask()));

        record(bases, null, null);
        assertEquals(43, Long.bitCount(inForce(bases).mask()));
    }

    @Test
    void productionRefusesTheBasisOfTheDemonstration() {
        var refused = assertThrows(IllegalStateException.class, () -> LegalBases.require(true, true));
        assertTrue(String.valueOf(refused.getMessage()).contains("jikimi.screening.demonstration"));
        assertDoesNotThrow(() -> LegalBases.require(false, true));
        assertDoesNotThrow(() -> LegalBases.require(true, false));
    }

    private Lawful inForce(LegalBases bases) throws SQLException {
        return world.transactions.run(tx -> bases.inForce(tx, World.TODAY));
    }

    private void record(LegalBases bases, @Nullable String article, @Nullable LocalDate since) throws SQLException {
        world.transactions.run(tx -> {
            bases.record(tx, POWER, article, since, "supervisor", world.times.now());
            return article == null;
        });
    }
}
