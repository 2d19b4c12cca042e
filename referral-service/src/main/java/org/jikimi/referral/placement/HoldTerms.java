package org.jikimi.referral.placement;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a bed is held while it is decided whether a child needs it. */
@ConfigMapping(prefix = "jikimi.referral.hold")
public interface HoldTerms {
    @WithDefault("PT4H")
    Duration time();
}
