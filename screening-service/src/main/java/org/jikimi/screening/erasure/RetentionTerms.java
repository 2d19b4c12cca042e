package org.jikimi.screening.erasure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Period;
import java.util.Optional;

/** For how long data of a child are kept once the duty towards it has ended, and how erasures are watched. */
@ConfigMapping(prefix = "jikimi.retention")
public interface RetentionTerms {
    /**
     * After what time without need a child is erased, such as {@code P5Y}. There is no default: until an operator has decided,
     * nothing is erased, and an alert says that nobody has.
     */
    Optional<Period> after();

    /** Within what time every service must have acknowledged an erasure before people are alerted; shorter than 35 days. */
    @WithDefault("P7D")
    Duration acknowledgeWithin();

    /** How many children are erased in one transaction, which keeps signals waiting meanwhile; from 1. */
    @WithDefault("500")
    int mostAtOnce();
}
