package org.jikimi.screening.bulk;

import io.micrometer.core.instrument.Metrics;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/** Shows where the time of bulk work goes: {@code jikimi_screening_step_seconds}, by step. */
public final class Steps {
    private Steps() {}

    /** Work of a step. */
    @FunctionalInterface
    public interface Step<T> {
        T run() throws SQLException;
    }

    public static <T> T timed(String name, Step<T> step) throws SQLException {
        long start = System.nanoTime();
        try {
            return step.run();
        } finally {
            Metrics.timer("jikimi.screening.step", "step", name)
                    .record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
