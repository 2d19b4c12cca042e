package org.jikimi.screening.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Json;
import org.jspecify.annotations.Nullable;

/**
 * The versions of the scorecard. One is active at a time. The one that ships is so in a new database from the first start
 * on; where another is in use, it stands proposed, and whoever may activate a version decides.
 */
public final class Models {
    private static final String SHIPPED = "/models/expert-2.json";

    /**
     * A version as it stands.
     *
     * @param state {@code PROPOSED}, {@code ACTIVE} or {@code RETIRED}
     * @param activatedBy the second person, who first put it to use; who put it back later stands in the audit alone
     * @param activatedAt when that was
     * @param shadowSince since when it is scored beside the one in use; null if it is not
     */
    public record Model(
            ScorecardDocument scorecard,
            String state,
            String proposedBy,
            Instant proposedAt,
            @Nullable String activatedBy,
            @Nullable Instant activatedAt,
            @Nullable Instant shadowSince) {}

    /** The active version; in an empty table the one that ships. */
    public ScorecardDocument active(Connection tx, Instant now) {
        return activeDocument(tx).orElseGet(() -> {
            offerShipped(tx, now);
            return activeDocument(tx).orElseGet(Models::shipped);
        });
    }

    /** Has the version that ships among the others, proposed if one is in use; does nothing if its name is known. */
    public void offerShipped(Connection tx, Instant now) {
        var shipped = shipped();
        Sql.on(tx)
                .createUpdate("""
                INSERT INTO model (version, document, state, proposed_by, proposed_at, activated_by, activated_at)
                SELECT :version, :document, CASE WHEN used THEN 'PROPOSED' ELSE 'ACTIVE' END, 'shipped',
                       CAST(:now AS timestamptz), CASE WHEN NOT used THEN 'shipped' END,
                       CASE WHEN NOT used THEN CAST(:now AS timestamptz) END
                FROM (SELECT EXISTS (SELECT FROM model WHERE state = 'ACTIVE') AS used)
                ON CONFLICT DO NOTHING""")
                .bind("version", shipped.version())
                .bind("document", text(shipped))
                .bind("now", now)
                .execute();
    }

    public Optional<Model> find(Connection tx, String version) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM model WHERE version = :version")
                .bind("version", version)
                .map((row, c) -> model(row))
                .findOne();
    }

    List<Model> all(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM model ORDER BY proposed_at, version")
                .map((row, c) -> model(row))
                .list();
    }

    /** Lets one transaction at a time change which version is in use. */
    public void lock(Connection tx) throws SQLException {
        KeyLocks.lock(tx, List.of("models"));
    }

    /** Version of the versions as a whole: it grows with every proposal and activation. */
    public long revision(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT coalesce(sum(changes), 0)::bigint FROM model")
                .mapTo(long.class)
                .one();
    }

    /** Adds a proposal; false if the version is known. */
    public boolean propose(Connection tx, ScorecardDocument document, String by, Instant now) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO model (version, document, state, proposed_by, proposed_at) "
                                + "VALUES (:version, :document, 'PROPOSED', :by, :now) ON CONFLICT DO NOTHING")
                        .bind("version", document.version())
                        .bind("document", text(document))
                        .bind("by", by)
                        .bind("now", now)
                        .execute()
                == 1;
    }

    /** Puts a version to use. One that was before keeps who approved it: its proposer may put it back. */
    void activate(Connection tx, String version, String by, Instant now) {
        var jdbi = Sql.on(tx);
        jdbi.execute("UPDATE model SET state = 'RETIRED' WHERE state = 'ACTIVE'");
        jdbi.createUpdate("UPDATE model SET state = 'ACTIVE', changes = changes + 1, shadow_since = NULL, "
                        + "activated_by = CASE WHEN state = 'PROPOSED' THEN :by ELSE activated_by END, "
                        + "activated_at = CASE WHEN state = 'PROPOSED' THEN :now ELSE activated_at END "
                        + "WHERE version = :version")
                .bind("by", by)
                .bind("now", now)
                .bind("version", version)
                .execute();
    }

    /** The version that is scored beside the one in use; empty if none is. */
    public Optional<String> shadow(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT version FROM model WHERE shadow_since IS NOT NULL AND state <> 'ACTIVE'")
                .mapTo(String.class)
                .findOne();
    }

    /**
     * Makes a version the shadow, or no longer. The one in use is none, even where a release that knows no shadows has put
     * it to use.
     *
     * @param since null for no longer
     */
    void shadow(Connection tx, String version, @Nullable Instant since) {
        Sql.on(tx).execute("UPDATE model SET shadow_since = NULL WHERE state = 'ACTIVE' AND shadow_since IS NOT NULL");
        Sql.on(tx)
                .createUpdate("UPDATE model SET shadow_since = :since, changes = changes + 1 WHERE version = :version")
                .bind("since", since)
                .bind("version", version)
                .execute();
    }

    private static Optional<ScorecardDocument> activeDocument(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT document FROM model WHERE state = 'ACTIVE'")
                .mapTo(String.class)
                .findOne()
                .map(Models::document);
    }

    /** The version that ships with the service. */
    public static ScorecardDocument shipped() {
        try (var file = Objects.requireNonNull(Models.class.getResourceAsStream(SHIPPED))) {
            return Json.read(file.readAllBytes(), ScorecardDocument.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Model model(ResultSet row) throws SQLException {
        var activated = row.getTimestamp("activated_at");
        var shadow = row.getTimestamp("shadow_since");
        return new Model(
                document(row.getString("document")),
                row.getString("state"),
                row.getString("proposed_by"),
                row.getTimestamp("proposed_at").toInstant(),
                row.getString("activated_by"),
                activated == null ? null : activated.toInstant(),
                shadow == null ? null : shadow.toInstant());
    }

    private static ScorecardDocument document(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ScorecardDocument.class);
    }

    private static String text(ScorecardDocument document) {
        return new String(Json.write(document), StandardCharsets.UTF_8);
    }
}
