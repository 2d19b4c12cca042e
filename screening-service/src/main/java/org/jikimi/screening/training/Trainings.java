package org.jikimi.screening.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.util.Optional;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Json;

/** What learned versions were learned from, in the database. */
public final class Trainings {
    /** How a version was learned; empty for one that people wrote. */
    public Optional<Training> find(Connection tx, String version) {
        return Sql.on(tx)
                .createQuery("SELECT training FROM model_training WHERE version = :version")
                .bind("version", version)
                .mapTo(String.class)
                .findOne()
                .map(text -> Json.read(text.getBytes(UTF_8), Training.class));
    }

    void add(Connection tx, String version, Training training) {
        Sql.on(tx)
                .createUpdate("INSERT INTO model_training (version, training) VALUES (:version, :training)")
                .bind("version", version)
                .bind("training", new String(Json.write(training), UTF_8))
                .execute();
    }
}
