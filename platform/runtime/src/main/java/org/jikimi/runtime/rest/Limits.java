package org.jikimi.runtime.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.LongSupplier;

/**
 * A bucket of tokens for each principal: so many requests at once, and so many a second in the long run. Filters are
 * made before the configuration of the running service is known, and thus ask this bean.
 */
@ApplicationScoped
class Limits {
    private static final int PRINCIPALS = 10_000;
    private static final double NANOS = 1e9;

    private static final class Bucket {
        double tokens;
        long filledAt;
    }

    private final LimitSettings settings;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> longestUnused) {
            return size() > PRINCIPALS;
        }
    };

    @Inject
    Limits(LimitSettings settings) {
        this(settings, System::nanoTime);
    }

    Limits(LimitSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    /** Bytes that a JSON body may have. */
    long jsonBytes() {
        return settings.jsonBytes();
    }

    /**
     * Whether work in bulk may come while the oldest event that is not sent has waited for so long.
     *
     * @return empty if it may, else the seconds after which to try again
     */
    OptionalInt bulk(Duration oldestUnsent) {
        return oldestUnsent.compareTo(settings.oldestUnsent()) <= 0
                ? OptionalInt.empty()
                : OptionalInt.of((int) Math.max(1, settings.retryBulkAfter().toSeconds()));
    }

    /**
     * Takes a token.
     *
     * @return empty if there was one, else the seconds after which there will be
     */
    synchronized OptionalInt take(String principal) {
        var now = nanoTime.getAsLong();
        var bucket = buckets.computeIfAbsent(principal, first -> {
            var full = new Bucket();
            full.tokens = settings.burst();
            full.filledAt = now;
            return full;
        });
        bucket.tokens =
                Math.min(settings.burst(), bucket.tokens + (now - bucket.filledAt) / NANOS * settings.perSecond());
        bucket.filledAt = now;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return OptionalInt.empty();
        }
        return OptionalInt.of((int) Math.ceil((1 - bucket.tokens) / settings.perSecond()));
    }
}
