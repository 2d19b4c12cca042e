package org.jikimi.runtime.rest;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.OptionalInt;
import org.jikimi.runtime.outbox.Unsent;
import org.jikimi.runtime.security.Callers;

/** Refuses the requests of a caller who sends too many, and work in bulk while the outbox is behind. */
@ApplicationScoped
class AdmissionByLimits implements Admission {
    private final Limits limits;
    private final Unsent unsent;
    private final Callers callers;

    AdmissionByLimits(Limits limits, Unsent unsent, Callers callers) {
        this.limits = limits;
        this.unsent = unsent;
        this.callers = callers;
    }

    @Override
    public void requireRoom() {
        refusal(callers.current().principal(), true).ifPresent(problem -> {
            throw new ProblemException(problem);
        });
    }

    /** Takes a token of the principal's, and of what is bulk looks at the outbox too. */
    Optional<Problem> refusal(String principal, boolean bulk) {
        var wait = limits.take(principal);
        if (wait.isPresent()) {
            return Optional.of(Problems.TOO_MANY.with("retryAfter", wait.getAsInt()));
        }
        var behind = bulk ? limits.bulk(unsent.oldest()) : OptionalInt.empty();
        return behind.isPresent()
                ? Optional.of(Problems.OUTBOX_BEHIND.with("retryAfter", behind.getAsInt()))
                : Optional.empty();
    }
}
