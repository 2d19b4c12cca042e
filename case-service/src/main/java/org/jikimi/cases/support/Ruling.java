package org.jikimi.cases.support;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * What a rule made of an intention.
 *
 * @param <T> what it leads to
 */
public sealed interface Ruling<T> {
    record Allowed<T>(T value) implements Ruling<T> {}

    /**
     * A rule forbids it.
     *
     * @param childIds whom the breach is about; may be empty
     */
    record Broken<T>(Rule rule, List<UUID> childIds) implements Ruling<T> {
        public Broken {
            childIds = List.copyOf(childIds);
        }
    }

    static <T> Ruling<T> allowed(T value) {
        return new Allowed<>(value);
    }

    static <T> Ruling<T> broken(Rule rule) {
        return new Broken<>(rule, List.of());
    }

    static <T> Ruling<T> broken(Rule rule, List<UUID> childIds) {
        return new Broken<>(rule, childIds);
    }

    default <R> Ruling<R> map(Function<T, R> next) {
        return switch (this) {
            case Allowed<T>(var value) -> allowed(next.apply(value));
            case Broken<T>(var rule, var childIds) -> broken(rule, childIds);
        };
    }
}
