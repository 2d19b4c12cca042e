package org.jikimi.benchmarks;

import java.util.List;

/** A general rule engine beside which a round is measured: it gives children the points of the same scorecard. */
public interface RuleEngine {
    /** What it is called in the table, with its version. */
    String name();

    /** Of how many children it is asked at most: a slow one of a part of the city. */
    int most();

    /** Takes the rules in; not measured. */
    Judge learn(Rules rules);

    /** An engine that has taken in the rules. */
    @FunctionalInterface
    interface Judge {
        /** The points of each child, in their order. */
        int[] points(List<JudgedChild> children);
    }
}
