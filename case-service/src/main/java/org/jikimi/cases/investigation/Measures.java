package org.jikimi.cases.investigation;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Texts;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The measures as stored, and what was done about places. */
@ApplicationScoped
class Measures {
    private static final String DECISION = "measure.decision";

    private final Texts texts;

    Measures(Texts texts) {
        this.texts = texts;
    }

    /**
     * What the referral service did about a place.
     *
     * @param fallback where the child goes instead; null if a bed was found
     */
    record Place(
            UUID placementId,
            long version,
            String state,
            @Nullable String fallback) {}

    void insert(Connection tx, Measure measure) {
        bind(measure, Sql.on(tx).createUpdate("""
                        INSERT INTO measure (id, version, state, investigation_id, child_id, district_code, kind, items,
                            place_needed, sibling_ids, excluded_agency_ids, correlation_id, taken_at, ends_at,
                            extensions)
                        VALUES (:id, :version, :state, :investigation, :child, :district, :kind, :items,
                            :placeNeeded, :siblings, :excluded, :correlation, :takenAt, :endsAt,
                            :extensions)""")).execute();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the child prevents
     */
    void update(Connection tx, Measure measure) {
        int rows = bind(measure, Sql.on(tx).createUpdate("""
                        UPDATE measure SET version = :version, state = :state, ends_at = :endsAt,
                            extensions = :extensions
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("measure " + measure.id() + " changed under its lock");
        }
    }

    void writeDecision(Connection tx, UUID childId, UUID id, @Nullable String decision) throws SQLException {
        Sql.on(tx)
                .createUpdate("UPDATE measure SET decision = :decision WHERE id = :id")
                .bind("id", id)
                .bind("decision", texts.seal(tx, childId, decision, DECISION, id))
                .execute();
    }

    Optional<Measure> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM measure WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Measure> lock(Connection tx, UUID id) throws SQLException {
        var found = find(tx, id);
        if (found.isPresent()) {
            KeyLocks.lock(tx, List.of(found.get().childId().toString()));
        }
        return find(tx, id);
    }

    List<Measure> ofInvestigation(Connection tx, UUID investigationId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM measure WHERE investigation_id = :id ORDER BY taken_at, id")
                .bind("id", investigationId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Notes what was done about a place; answers false if something newer is known. */
    boolean place(Connection tx, UUID measureId, Place place) {
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO measure_placement AS known (measure_id, placement_id, version, state, fallback)
                        VALUES (:measure, :placement, :version, :state, :fallback)
                        ON CONFLICT (measure_id, placement_id) DO UPDATE
                            SET version = excluded.version, state = excluded.state, fallback = excluded.fallback
                            WHERE known.version < excluded.version""")
                        .bind("measure", measureId)
                        .bind("placement", place.placementId())
                        .bind("version", place.version())
                        .bind("state", place.state())
                        .bind("fallback", place.fallback())
                        .execute()
                == 1;
    }

    List<Place> places(Connection tx, UUID measureId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM measure_placement WHERE measure_id = :id ORDER BY placement_id")
                .bind("id", measureId)
                .map((row, context) -> new Place(
                        Rows.id(row, "placement_id"),
                        row.getLong("version"),
                        row.getString("state"),
                        row.getString("fallback")))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(Measure measure, S statement) {
        return statement
                .bind("id", measure.id())
                .bind("version", measure.version())
                .bind("state", measure.state().name())
                .bind("investigation", measure.investigationId())
                .bind("child", measure.childId())
                .bind("district", measure.districtCode())
                .bind("kind", measure.kind().name())
                .bindArray("items", Integer.class, measure.items().toArray())
                .bind("placeNeeded", measure.placeNeeded())
                .bindArray("siblings", UUID.class, measure.siblingIds().toArray())
                .bindArray("excluded", UUID.class, measure.excludedAgencyIds().toArray())
                .bind("correlation", measure.correlation())
                .bind("takenAt", measure.takenAt())
                .bind("endsAt", measure.endsAt())
                .bind("extensions", measure.extensions());
    }

    private static Measure read(ResultSet row) throws SQLException {
        return new Measure(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", MeasureState.class),
                Rows.id(row, "investigation_id"),
                Rows.id(row, "child_id"),
                row.getString("district_code"),
                Rows.code(row, "kind", MeasureKind.class),
                Rows.numbers(row, "items"),
                row.getBoolean("place_needed"),
                Rows.ids(row, "sibling_ids"),
                Rows.ids(row, "excluded_agency_ids"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "taken_at"),
                Rows.instantOrNull(row, "ends_at"),
                row.getInt("extensions"));
    }
}
