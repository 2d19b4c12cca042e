package org.jikimi.cases.support;

import java.util.UUID;
import java.util.function.Function;
import org.jikimi.runtime.rest.Answer;
import org.jikimi.runtime.rest.Problem;

/** Breaches of rules as problems. */
public final class Refusals {
    private Refusals() {}

    /** The problem of a broken rule. */
    public static Problem of(Ruling.Broken<?> broken) {
        var rule = broken.rule();
        var problem = Problem.of(rule.code(), rule.status(), rule.english(), rule.korean());
        return broken.childIds().isEmpty()
                ? problem
                : problem.with(
                        "childIds",
                        broken.childIds().stream().map(UUID::toString).toList());
    }

    /** The answer to an intention. */
    public static <T> Answer answer(Ruling<T> ruling, Function<T, Answer> whenAllowed) {
        return switch (ruling) {
            case Ruling.Allowed<T>(var value) -> whenAllowed.apply(value);
            case Ruling.Broken<T> broken -> Answer.refused(of(broken));
        };
    }
}
