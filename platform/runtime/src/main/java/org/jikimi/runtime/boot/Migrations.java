package org.jikimi.runtime.boot;

import io.quarkus.flyway.FlywayDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.flywaydb.core.Flyway;

/** Migrates the database at start, after {@link ProductionGuard} has let it go on and before anything works on it. */
@Singleton
final class Migrations {
    private final Flyway flyway;

    Migrations(@FlywayDataSource("owner") Flyway flyway) {
        this.flyway = flyway;
    }

    void start(@Observes @Priority(2) StartupEvent starting) {
        flyway.migrate();
    }
}
