package org.jikimi.screening.round.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Json;
import org.jikimi.screening.reference.Programme;
import org.jspecify.annotations.Nullable;

/** Rounds in the database. */
public final class Rounds {
    private static final String SAVE = """
            UPDATE round SET version = :version, composition = :composition, state = :state, work = :work, model_version = :model, manifest = :manifest,
                children = :children, excluded = :excluded, flagged = :flagged, backlog = :backlog, seen = :seen,
                opened_at = :opened, screened_at = :screened, closed_at = :closed, cancelled_for = :cancelledFor
            WHERE id = :id AND version = :version - 1""";

    public void add(Connection tx, Round round) {
        Sql.on(tx)
                .createUpdate("INSERT INTO round (id, version, programme, as_of, composition, state, planned_at) "
                        + "VALUES (:id, 1, :programme, :asOf, :composition, 'PLANNED', :now)")
                .bind("id", round.id())
                .bind("programme", round.plan().programme().name())
                .bind("asOf", round.plan().asOf())
                .bind("composition", written(round.plan().composition()))
                .bind("now", round.moments().planned())
                .execute();
    }

    /** Saves the next version; false if another change came first. */
    public boolean save(Connection tx, Round round) {
        var work = round.work();
        var cancelledFor = round.cancelledFor();
        return Sql.on(tx)
                        .createUpdate(SAVE)
                        .bind("id", round.id())
                        .bind("version", round.version())
                        .bind("composition", written(round.plan().composition()))
                        .bind("state", round.state().name())
                        .bind("work", work == null ? null : work.name())
                        .bind("model", round.modelVersion())
                        .bind("manifest", round.manifest())
                        .bind("children", round.figures().children())
                        .bind("excluded", round.figures().excluded())
                        .bind("flagged", round.figures().flagged())
                        .bind("backlog", round.figures().backlog())
                        .bind("seen", round.figures().seen())
                        .bind("opened", round.moments().opened())
                        .bind("screened", round.moments().screened())
                        .bind("closed", round.moments().closed())
                        .bind("cancelledFor", cancelledFor == null ? null : cancelledFor.name())
                        .execute()
                == 1;
    }

    /**
     * A part of the rounds, newest first.
     *
     * @param programme null for all
     * @param before the last of the part before; null for the beginning
     */
    public List<Round> page(Connection tx, @Nullable Programme programme, @Nullable UUID before, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM round WHERE (CAST(:programme AS text) IS NULL OR programme = :programme) "
                        + "AND (CAST(:before AS uuid) IS NULL OR id < CAST(:before AS uuid)) "
                        + "ORDER BY id DESC LIMIT :limit")
                .bind("programme", programme == null ? null : programme.name())
                .bind("before", before)
                .bind("limit", limit)
                .map((row, c) -> round(row))
                .list();
    }

    /** The rounds whose inputs are frozen and that have not ended. */
    public List<UUID> openedAndNotClosed(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT id FROM round WHERE state IN ('OPENED', 'SCREENED', 'TRACKING')")
                .map((row, c) -> row.getObject(1, UUID.class))
                .list();
    }

    /** The round of the programme that was planned last for a day of the period, its ends included, and was not given up. */
    public Optional<Round> newest(Connection tx, Programme programme, LocalDate from, LocalDate to) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM round WHERE programme = :programme AND as_of BETWEEN :from AND :to "
                        + "AND cancelled_for IS NULL "
                        + "ORDER BY planned_at DESC, id DESC LIMIT 1")
                .bind("programme", programme.name())
                .bind("from", from)
                .bind("to", to)
                .map((row, c) -> round(row))
                .findOne();
    }

    public Optional<Round> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM round WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> round(row))
                .findOne();
    }

    private static Round round(ResultSet row) throws SQLException {
        var work = row.getString("work");
        var composition = row.getString("composition");
        var cancelledFor = row.getString("cancelled_for");
        var plan = new Round.Plan(
                Programme.valueOf(row.getString("programme")),
                row.getObject("as_of", LocalDate.class),
                composition == null ? null : Json.read(composition.getBytes(UTF_8), Composition.class));
        return new Round(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                plan,
                RoundState.valueOf(row.getString("state")),
                work == null ? null : RoundWork.valueOf(work),
                row.getString("model_version"),
                row.getString("manifest"),
                new Round.Figures(
                        row.getInt("children"),
                        row.getInt("excluded"),
                        row.getInt("flagged"),
                        row.getInt("backlog"),
                        row.getInt("seen")),
                new Round.Moments(
                        row.getTimestamp("planned_at").toInstant(),
                        instant(row.getTimestamp("opened_at")),
                        instant(row.getTimestamp("screened_at")),
                        instant(row.getTimestamp("closed_at"))),
                cancelledFor == null ? null : CancelReason.valueOf(cancelledFor));
    }

    private static @Nullable String written(@Nullable Composition composition) {
        return composition == null ? null : new String(Json.write(composition), UTF_8);
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
