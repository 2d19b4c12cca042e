package org.jikimi.screening.round;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Rounds in the database. */
final class Rounds {
    private static final String SAVE = """
            UPDATE round SET version = :version, state = :state, work = :work, model_version = :model,
                children = :children, excluded = :excluded, flagged = :flagged, backlog = :backlog, seen = :seen,
                opened_at = :opened, screened_at = :screened, closed_at = :closed
            WHERE id = :id AND version = :version - 1""";

    void add(Connection tx, Round round) {
        Jdbi.open(tx)
                .createUpdate("INSERT INTO round (id, version, programme, as_of, state, planned_at) "
                        + "VALUES (:id, 1, :programme, :asOf, 'PLANNED', :now)")
                .bind("id", round.id())
                .bind("programme", round.programme())
                .bind("asOf", round.asOf())
                .bind("now", round.plannedAt())
                .execute();
    }

    /** Saves the next version; false if another change came first. */
    boolean save(Connection tx, Round round) {
        var work = round.work();
        return Jdbi.open(tx)
                        .createUpdate(SAVE)
                        .bind("id", round.id())
                        .bind("version", round.version())
                        .bind("state", round.state().name())
                        .bind("work", work == null ? null : work.name())
                        .bind("model", round.modelVersion())
                        .bind("children", round.children())
                        .bind("excluded", round.excluded())
                        .bind("flagged", round.flagged())
                        .bind("backlog", round.backlog())
                        .bind("seen", round.seen())
                        .bind("opened", round.openedAt())
                        .bind("screened", round.screenedAt())
                        .bind("closed", round.closedAt())
                        .execute()
                == 1;
    }

    Optional<Round> find(Connection tx, UUID id) {
        return Jdbi.open(tx)
                .createQuery("SELECT * FROM round WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> round(row))
                .findOne();
    }

    private static Round round(ResultSet row) throws SQLException {
        var work = row.getString("work");
        return new Round(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("programme"),
                row.getObject("as_of", LocalDate.class),
                RoundState.valueOf(row.getString("state")),
                work == null ? null : RoundWork.valueOf(work),
                row.getString("model_version"),
                row.getInt("children"),
                row.getInt("excluded"),
                row.getInt("flagged"),
                row.getInt("backlog"),
                row.getInt("seen"),
                row.getTimestamp("planned_at").toInstant(),
                instant(row.getTimestamp("opened_at")),
                instant(row.getTimestamp("screened_at")),
                instant(row.getTimestamp("closed_at")));
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
