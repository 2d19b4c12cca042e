package org.jikimi.benchmarks;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * The same work with its audit and without, by turns, so that both meet the same machine.
 *
 * @param with median of the rates with audit
 * @param without median of those without
 */
record Turns(double with, double without) {
    static final int WRITERS = 16;

    /** Answers the rate of one turn. */
    @FunctionalInterface
    interface Turn {
        double take() throws Exception;
    }

    /**
     * Takes the turns.
     *
     * @param name what is done, for the progress
     * @param rounds even, as each begins where the one before ended
     */
    static Turns of(String name, int rounds, Turn audited, Turn plain, PrintStream progress) throws Exception {
        var with = new ArrayList<Double>();
        var without = new ArrayList<Double>();
        for (int round = 0; round < rounds; round++) {
            boolean auditFirst = round % 2 == 1;
            if (auditFirst) {
                with.add(audited.take());
            }
            without.add(plain.take());
            if (!auditFirst) {
                with.add(audited.take());
            }
            progress.printf(
                    Locale.ROOT,
                    "audit, %s, %d of %d: %,.0f/s with, %,.0f without: %.1f %%%n",
                    name,
                    round + 1,
                    rounds,
                    with.getLast(),
                    without.getLast(),
                    100 * (1 - with.getLast() / without.getLast()));
        }
        return new Turns(Bench.median(with), Bench.median(without));
    }

    /**
     * What all writers did in a second.
     *
     * @param writer makes each of them, by its number; it works until told to stop by the clock, and answers how much it did
     */
    static double rate(Duration turn, IntFunction<Writer> writer) throws InterruptedException, ExecutionException {
        long start = System.nanoTime();
        long until = start + turn.toNanos();
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<Long>> counts = new ArrayList<>();
            for (int number = 0; number < WRITERS; number++) {
                var one = writer.apply(number);
                counts.add(threads.submit((Callable<Long>) () -> one.work(until)));
            }
            long done = 0;
            for (var count : counts) {
                done += count.get();
            }
            return Bench.perSecond(done, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** One writer in one turn. */
    @FunctionalInterface
    interface Writer {
        /** Works until {@code System.nanoTime()} is this, and answers how often. */
        long work(long until) throws Exception;
    }
}
