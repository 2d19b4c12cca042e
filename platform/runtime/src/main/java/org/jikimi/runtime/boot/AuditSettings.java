package org.jikimi.runtime.boot;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.Optional;

/** Where the heads of the audit chain are kept. */
@ConfigMapping(prefix = "jikimi.audit")
public interface AuditSettings {
    /**
     * An existing directory outside the database, best on a disk of its own, that all replicas of the service share.
     * Without one nothing is sealed; the profile {@code production} refuses to start so.
     */
    Optional<Path> anchors();
}
