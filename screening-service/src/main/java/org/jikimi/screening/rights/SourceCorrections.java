package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.signal.OwnSignals;
import org.jspecify.annotations.Nullable;

/**
 * What sources are asked to correct. Who keeps what another has told it corrects that itself or passes the request on
 * without delay, and does what follows from the answer (개인정보 보호법 시행령 Art. 43(2)).
 */
final class SourceCorrections {
    /** The kind of source that the registry is from. */
    static final String REGISTER = "resident-register";

    private static final String OF_CHILD = """
            SELECT s.source FROM signal s WHERE s.signal_id = :signal AND s.bit = :bit AND s.source <> :own AND (
                s.child_id IN (SELECT CAST(:child AS uuid) UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child)
                OR s.household_id IN (SELECT household_id FROM child WHERE id = :child OR id IN
                    (SELECT alias_id FROM child_alias WHERE child_id = :child)))
            ORDER BY s.source LIMIT 1""";

    /** What a source is asked; its answer is null until it comes. */
    record Asked(
            UUID id,
            long version,
            String source,
            @Nullable String signalId,
            @Nullable String indicator,
            String claim,
            Instant askedAt,
            @Nullable String result,
            @Nullable Instant answeredAt) {}

    /**
     * What the registry corrected of what the register had sent.
     *
     * @param childId the one whose entry was corrected, though it may be another's alias since
     * @param fields which, by name
     */
    record Corrected(UUID childId, List<String> fields) {
        Corrected {
            fields = List.copyOf(fields);
        }
    }

    /**
     * The source of a signal about a child or its household; empty if there is no such signal, and of what the city's own work
     * found, which is put right there.
     */
    Optional<String> sourceOf(Connection tx, UUID child, String signalId, int bit) {
        return Sql.on(tx)
                .createQuery(OF_CHILD)
                .bind("signal", signalId)
                .bind("bit", bit)
                .bind("own", OwnSignals.SOURCE)
                .bind("child", child)
                .mapTo(String.class)
                .findOne();
    }

    /** Asks a source about a signal of its own, or with no signal about what the registry has from it. */
    void ask(
            Connection tx,
            UUID request,
            String source,
            @Nullable String signalId,
            @Nullable Integer bit,
            String claim,
            Instant at) {
        Sql.on(tx)
                .createUpdate("INSERT INTO source_correction (id, version, request_id, source, signal_id, bit, claim, "
                        + "asked_at) VALUES (:id, 1, :request, :source, CAST(:signal AS text), CAST(:bit AS smallint), "
                        + ":claim, :at)")
                .bind("id", EventIds.next())
                .bind("request", request)
                .bind("source", source)
                .bind("signal", signalId)
                .bind("bit", bit)
                .bind("claim", claim)
                .bind("at", at)
                .execute();
    }

    List<Asked> ofRequest(Connection tx, UUID request) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM source_correction WHERE request_id = :request ORDER BY id")
                .bind("request", request)
                .map((row, c) -> asked(row))
                .list();
    }

    /** Of these sources, the oldest first. */
    List<Asked> list(Connection tx, Collection<String> sources, boolean open, UUID after, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM source_correction WHERE source = ANY(:sources) AND id > :after "
                        + "AND (NOT :open OR result IS NULL) ORDER BY id LIMIT :limit")
                .bindArray("sources", String.class, sources)
                .bind("after", after)
                .bind("open", open)
                .bind("limit", limit)
                .map((row, c) -> asked(row))
                .list();
    }

    Optional<Asked> lock(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM source_correction WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, c) -> asked(row))
                .findOne();
    }

    /** Of which child and what, where the register is told of a correction; empty where a source is asked about a signal. */
    Optional<Corrected> corrected(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT coalesce(r.answered_as[1], surviving(r.child_id)) AS child, r.corrected "
                        + "FROM source_correction s "
                        + "JOIN rights_request r ON r.id = s.request_id WHERE s.id = :id AND s.signal_id IS NULL")
                .bind("id", id)
                .map((row, c) -> new Corrected(
                        row.getObject("child", UUID.class),
                        Arrays.stream((Object[]) row.getArray("corrected").getArray())
                                .map(String::valueOf)
                                .toList()))
                .findOne();
    }

    void answered(Connection tx, UUID id, String result, Instant at) {
        Sql.on(tx)
                .createUpdate("UPDATE source_correction SET version = version + 1, result = :result, answered_at = :at "
                        + "WHERE id = :id")
                .bind("result", result)
                .bind("at", at)
                .bind("id", id)
                .execute();
    }

    private static Asked asked(ResultSet row) throws SQLException {
        var answered = row.getTimestamp("answered_at");
        var signal = row.getString("signal_id");
        return new Asked(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getString("source"),
                signal,
                signal == null ? null : Indicators.all().get(row.getInt("bit")).code(),
                row.getString("claim"),
                row.getTimestamp("asked_at").toInstant(),
                row.getString("result"),
                answered == null ? null : answered.toInstant());
    }
}
