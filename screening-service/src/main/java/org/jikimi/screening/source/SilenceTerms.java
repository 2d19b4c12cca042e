package org.jikimi.screening.source;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * When a source is silent that usually delivers an indicator. No agency has agreed on intervals yet, so they are taken from
 * what it did: a fixed number of days would alert of a monthly source each month, or of a daily one much too late.
 */
@ConfigMapping(prefix = "jikimi.screening.silence")
public interface SilenceTerms {
    /** Days without a delivery after which any source may be called silent, however often it delivers; from 1. */
    @WithDefault("9")
    int leastDays();

    /** After how many of its usual intervals without a delivery a source is silent; from 1. */
    @WithDefault("3")
    int intervals();

    /** On how many days a source must have delivered an indicator before that is called usual; from 2. */
    @WithDefault("4")
    int deliveryDays();
}
