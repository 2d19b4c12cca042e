package org.jikimi.runtime.rest;

/** Carries a refusal out of a place that has no answer to give it in; rolls back what was under way. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
