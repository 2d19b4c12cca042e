package org.jikimi.screening.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.screening.flag.News.Registered;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.signal.ActOnSignals;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.ChildStates;
import org.jspecify.annotations.Nullable;

/**
 * Corrects what the registry holds about a child, because a person decided so 정정. The line that its register last sent is
 * remembered as it came: the same line sent again does not undo the correction, a changed one replaces it.
 */
public final class CorrectChild {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_ADDRESS = 500;
    private static final LocalDate FIRST_BIRTH = LocalDate.of(1990, 1, 1);

    private CorrectChild() {}

    /** What is right; a field that was right is null. */
    public record Correction(
            @Nullable String name,
            @Nullable String address,
            @Nullable LocalDate birthDate,
            @Nullable String sex,
            @Nullable String familyType,
            @Nullable String care) {

        /** The fields it corrects. */
        public List<String> fields() {
            var fields = new ArrayList<String>();
            note(fields, "name", name);
            note(fields, "address", address);
            note(fields, "birthDate", birthDate);
            note(fields, "sex", sex);
            note(fields, "familyType", familyType);
            note(fields, "care", care);
            return fields;
        }

        /** The first field that cannot be so; null if all can. */
        public @Nullable String wrongField(LocalDate today) {
            if (name != null && (name.isBlank() || name.length() > LONGEST_NAME)) {
                return "name";
            }
            if (address != null && (address.isBlank() || address.length() > LONGEST_ADDRESS)) {
                return "address";
            }
            if (birthDate != null && (birthDate.isAfter(today) || birthDate.isBefore(FIRST_BIRTH))) {
                return "birthDate";
            }
            if (sex != null && !ChildLines.SEXES.contains(sex)) {
                return "sex";
            }
            if (familyType != null && !FamilyTypes.CODES.contains(familyType)) {
                return "familyType";
            }
            return care != null && !ChildLines.CARES.contains(care) ? "care" : null;
        }

        private static void note(List<String> fields, String name, @Nullable Object value) {
            if (value != null) {
                fields.add(name);
            }
        }

        @Override
        public String toString() {
            return "correction of " + fields();
        }
    }

    /**
     * Applies it, and acts on it: a child may have been at the urgent threshold all along.
     *
     * @param id of a child that survives
     */
    public static void apply(Connection tx, SubjectKeys keys, ActOnSignals act, UUID id, Correction correction)
            throws SQLException {
        RegistryLock.take(tx);
        Aliases.hold(tx);
        var child = new Children().kept(tx, id).orElseThrow();
        ChildStates.lockHouseholds(tx, List.of(child.householdId()));
        var known = Personal.of(keys, child);
        var personal = new Personal(
                correction.name() == null ? known.name() : correction.name(),
                correction.address() == null ? known.address() : correction.address(),
                known.scheme(),
                known.identifier());
        Sql.on(tx)
                .createUpdate("UPDATE child SET birth_date = coalesce(CAST(:born AS date), birth_date), "
                        + "sex = coalesce(CAST(:sex AS text), sex), "
                        + "family_type = coalesce(CAST(:family AS text), family_type), "
                        + "care = coalesce(CAST(:care AS text), care), personal = :personal, version = version + 1 "
                        + "WHERE id = :id")
                .bind("born", correction.birthDate())
                .bind("sex", correction.sex())
                .bind("family", correction.familyType())
                .bind("care", correction.care())
                .bind("personal", personal.seal(keys.make(tx, List.of(id)), id))
                .bind("id", id)
                .execute();
        var registered = new Registered(child.birthDate(), child.familyType(), child.districtCode());
        act.on(tx, act.refold(tx, List.of(id), List.of(), Map.of(id, registered)));
    }
}
