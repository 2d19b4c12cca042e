package org.jikimi.screening.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.signal.ChildStates;
import org.jspecify.annotations.Nullable;

/** Children in the database. */
final class Children {
    /** Most children of one birth date and district that a description is compared with. */
    private static final int MOST_COMPARED = 1_000;

    private static final String SELECT =
            "SELECT c.*, k.wrapped FROM child c LEFT JOIN subject_key k ON k.subject = c.id ";

    /**
     * A child with its personal data still sealed.
     *
     * @param key what they are sealed under, wrapped; null if it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Child(
            UUID id,
            UUID householdId,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            String familyType,
            String districtCode,
            String dongCode,
            String care,
            String status,
            @Nullable LocalDate statusOn,
            boolean provisional,
            long version,
            byte @Nullable [] personal,
            byte @Nullable [] key) {}

    /** The child of an id; of an alias, the child that survives. */
    Optional<Child> find(Connection tx, UUID id) {
        return one(tx, id, SELECT + "WHERE c.id = surviving(:id)");
    }

    /** What is kept under the id itself, though it may be an alias. */
    Optional<Child> kept(Connection tx, UUID id) {
        return one(tx, id, SELECT + "WHERE c.id = :id");
    }

    private static Optional<Child> one(Connection tx, UUID id, String query) {
        return Sql.on(tx)
                .createQuery(query)
                .bind("id", id)
                .map((row, c) -> child(row))
                .findOne();
    }

    Optional<Child> ofIdentifier(Connection tx, byte[] mac) {
        return Sql.on(tx)
                .createQuery(
                        SELECT + "WHERE c.id = (SELECT surviving(child_id) FROM child_identifier WHERE mac = :mac)")
                .bind("mac", mac)
                .map((row, c) -> child(row))
                .findOne();
    }

    List<Child> described(Connection tx, LocalDate birthDate, String districtCode) {
        return Sql.on(tx)
                .createQuery(SELECT + "WHERE c.birth_date = :born AND c.district_code = :district ORDER BY c.id LIMIT "
                        + MOST_COMPARED)
                .bind("born", birthDate)
                .bind("district", districtCode)
                .map((row, c) -> child(row))
                .list();
    }

    /**
     * The household of a child, locked: until the transaction ends nobody joins or leaves it, and it is not erased. Empty if there
     * is no such child.
     */
    Optional<UUID> lockHouseholdOf(Connection tx, UUID id) throws SQLException {
        var locked = Optional.<UUID>empty();
        var found = find(tx, id).map(Child::householdId);
        while (found.isPresent() && !found.equals(locked)) {
            ChildStates.lockHouseholds(tx, List.of(found.get()));
            locked = found;
            found = find(tx, id).map(Child::householdId); // the child may have moved while this one waited
        }
        return found;
    }

    /** Adds a child that nobody's register knows yet; expects the lock of its household unless that is new. */
    void addProvisional(Connection tx, Child child, boolean newHousehold) {
        var jdbi = Sql.on(tx);
        if (newHousehold) {
            jdbi.createUpdate("INSERT INTO household (id) VALUES (:id)")
                    .bind("id", child.householdId())
                    .execute();
        }
        jdbi.createUpdate("INSERT INTO child (id, household_id, birth_date, sex, family_type, district_code, "
                        + "dong_code, care, provisional, personal) VALUES (:id, :household, :born, :sex, :family, "
                        + ":district, :dong, :care, true, :personal)")
                .bind("id", child.id())
                .bind("household", child.householdId())
                .bind("born", child.birthDate())
                .bind("sex", child.sex())
                .bind("family", child.familyType())
                .bind("district", child.districtCode())
                .bind("dong", child.dongCode())
                .bind("care", child.care())
                .bind("personal", child.personal())
                .execute();
    }

    private static Child child(ResultSet row) throws SQLException {
        return new Child(
                row.getObject("id", UUID.class),
                row.getObject("household_id", UUID.class),
                row.getObject("birth_date", LocalDate.class),
                row.getString("sex"),
                row.getString("family_type"),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getString("care"),
                row.getString("status"),
                row.getObject("status_on", LocalDate.class),
                row.getBoolean("provisional"),
                row.getLong("version"),
                row.getBytes("personal"),
                row.getBytes("wrapped"));
    }
}
