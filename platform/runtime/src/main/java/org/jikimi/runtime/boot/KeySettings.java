package org.jikimi.runtime.boot;

import io.smallrye.config.ConfigMapping;
import java.util.Map;

/** The service's keys; they come from a file or a Secret. */
@ConfigMapping(prefix = "jikimi.keys")
public interface KeySettings {
    /** Id of the key to encrypt with. */
    String current();

    /** Id of the key to hash with. */
    String matching();

    /** 32 bytes each, in Base64, by id. */
    Map<String, String> key();
}
