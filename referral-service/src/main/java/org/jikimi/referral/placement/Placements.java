package org.jikimi.referral.placement;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** The placements as stored; unique indexes keep every bed for one child and every child to one bed. */
final class Placements {
    void insert(Connection tx, Placement placement) {
        bind(placement, Sql.on(tx).createUpdate("""
                        INSERT INTO placement (id, version, state, group_id, child_id, district_code, measure_id,
                            correlation_id, agency_id, bed, together, split_reason, fallback, requested_at, held_until,
                            ended_reason, changed_at)
                        VALUES (:id, :version, :state, :group, :child, :district, CAST(:measure AS uuid),
                            :correlation, CAST(:agency AS uuid), :bed, :together, :split, :fallback, :requestedAt,
                            :heldUntil, :ended, :changedAt)"""))
                .bind("group", placement.groupId())
                .bind("child", placement.childId())
                .bind("district", placement.districtCode())
                .bind("correlation", placement.correlationId())
                .bind("requestedAt", placement.requestedAt())
                .execute();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the child's lock prevents
     */
    void update(Connection tx, Placement placement) {
        int rows = bind(placement, Sql.on(tx).createUpdate("""
                        UPDATE placement SET version = :version, state = :state, measure_id = CAST(:measure AS uuid),
                            agency_id = CAST(:agency AS uuid), bed = :bed, together = :together, split_reason = :split,
                            fallback = :fallback, held_until = :heldUntil, ended_reason = :ended,
                            changed_at = :changedAt
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("placement " + placement.id() + " changed under its lock");
        }
    }

    Optional<Placement> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM placement WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** The placement, with its child locked until the transaction ends. */
    Optional<Placement> lock(Connection tx, UUID id) throws SQLException {
        var unlocked = find(tx, id);
        if (unlocked.isEmpty()) {
            return unlocked;
        }
        KeyLocks.lock(tx, List.of(unlocked.get().childId().toString()));
        return find(tx, id);
    }

    /** Which of these ids are known. */
    Set<UUID> known(Connection tx, Collection<UUID> ids) {
        return Sql.on(tx)
                .createQuery("SELECT id FROM placement WHERE id = ANY(:ids)")
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(UUID.class)
                .set();
    }

    /** The placement of each child who has a bed or waits for one. */
    Map<UUID, Placement> activeOf(Connection tx, Collection<UUID> childIds) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM placement WHERE child_id = ANY(:children) "
                        + "AND state IN ('HELD', 'RESERVED', 'ADMITTED', 'UNPLACED')")
                .bindArray("children", UUID.class, childIds.toArray())
                .map((row, context) -> read(row))
                .collect(Collectors.toMap(Placement::childId, placement -> placement));
    }

    /** Every child who waits, the longest first; siblings of a group one after the other. */
    List<Placement> waiting(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM placement WHERE state = 'UNPLACED' "
                        + "ORDER BY requested_at, group_id, child_id")
                .map((row, context) -> read(row))
                .list();
    }

    /** Siblings of a group who have a bed. */
    List<Placement> withBed(Connection tx, UUID groupId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM placement WHERE group_id = :group "
                        + "AND state IN ('HELD', 'RESERVED', 'ADMITTED') ORDER BY child_id")
                .bind("group", groupId)
                .map((row, context) -> read(row))
                .list();
    }

    /** Beds that are held, reserved or slept in. */
    Set<Bed> takenBeds(Connection tx) {
        return Sql.on(tx)
                .createQuery("SELECT agency_id, bed FROM placement WHERE state IN ('HELD', 'RESERVED', 'ADMITTED')")
                .map((row, context) -> new Bed(row.getObject("agency_id", UUID.class), row.getInt("bed")))
                .set();
    }

    private static <S extends SqlStatement<S>> S bind(Placement placement, S statement) {
        var bed = placement.bed();
        return statement
                .bind("id", placement.id())
                .bind("version", placement.version())
                .bind("state", placement.state().name())
                .bind("measure", placement.measureId())
                .bind("agency", placement.shelterId())
                .bind("bed", bed == null ? null : bed.number())
                .bind("together", placement.together())
                .bind("split", placement.splitReason())
                .bind("fallback", Objects.toString(placement.fallback(), null))
                .bind("heldUntil", placement.heldUntil())
                .bind("ended", Objects.toString(placement.endedReason(), null))
                .bind("changedAt", placement.changedAt());
    }

    static Placement read(ResultSet row) throws SQLException {
        var shelter = row.getObject("agency_id", UUID.class);
        var fallback = row.getString("fallback");
        var ended = row.getString("ended_reason");
        return new Placement(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                PlacementState.valueOf(row.getString("state")),
                row.getObject("group_id", UUID.class),
                row.getObject("child_id", UUID.class),
                row.getString("district_code"),
                row.getObject("measure_id", UUID.class),
                row.getObject("correlation_id", UUID.class),
                shelter == null ? null : new Bed(shelter, row.getInt("bed")),
                row.getBoolean("together"),
                row.getString("split_reason"),
                fallback == null ? null : Fallback.valueOf(fallback),
                row.getTimestamp("requested_at").toInstant(),
                instant(row.getTimestamp("held_until")),
                ended == null ? null : EndReason.valueOf(ended),
                row.getTimestamp("changed_at").toInstant());
    }

    private static @Nullable Instant instant(@Nullable Timestamp stored) {
        return stored == null ? null : stored.toInstant();
    }
}
