package org.jikimi.runtime.boot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Whose time it is: the machine's, or in demonstrations a simulated one. */
@ConfigMapping(prefix = "jikimi.clock")
public interface ClockSettings {
    /** Whether time is simulated; refused in the profile {@code production}. */
    @WithDefault("false")
    boolean simulated();

    /** The file that holds the offset of simulated time. */
    Optional<Path> offsetFile();
}
