package org.jikimi.referral.referral;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/**
 * How long an agency has to answer an offer, by urgency. Agencies decide on ordinary and urgent intake in a weekly
 * meeting, so both last past the next one.
 */
@ConfigMapping(prefix = "jikimi.referral.offer")
public interface OfferTerms {
    @WithDefault("PT12H")
    Duration emergency();

    @WithDefault("P8D")
    Duration urgent();

    @WithDefault("P15D")
    Duration ordinary();

    default Duration of(Urgency urgency) {
        return switch (urgency) {
            case EMERGENCY -> emergency();
            case URGENT -> urgent();
            case ORDINARY -> ordinary();
        };
    }
}
