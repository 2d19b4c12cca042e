package org.jikimi.benchmarks;

/**
 * One measured number beside what it is compared with.
 *
 * @param name what was measured
 * @param value ours
 * @param unit of both values, such as {@code events/s} or {@code ms}
 * @param limit the peer's or the limit's value, measured in the same run; or the target where there is no peer
 * @param limitName what that is
 * @param target what the project aims at, in words
 * @param met whether it is met in this run
 */
record Figure(String name, double value, String unit, double limit, String limitName, String target, boolean met) {

    /** The most live heap in MB, which must not grow with what is done: beside it stands that of a fifth. */
    static Figure flat(String of, int whole, int fifth, String things) {
        return new Figure(
                of + ": live heap, at most",
                whole,
                "MB",
                fifth,
                "the same of a fifth of the " + things,
                "flat: no more than 25 % above",
                whole <= 1.25 * fifth);
    }

    double ratio() {
        return value / limit;
    }
}
