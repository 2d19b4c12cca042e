package org.jikimi.screening.batch;

import org.jikimi.runtime.rest.Problem;

/** What came of receiving a batch. */
public sealed interface Reception {
    /** The whole file was taken. */
    record Received(Receipt receipt) implements Reception {}

    /** It stopped; what was taken before stays, and the same key goes on from there. */
    record Stopped(Problem problem, Receipt receipt) implements Reception {}
}
