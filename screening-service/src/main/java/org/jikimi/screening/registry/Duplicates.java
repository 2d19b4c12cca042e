package org.jikimi.screening.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jspecify.annotations.Nullable;

/**
 * Finds entries of the registry that may be one child 중복 의심. Names are encrypted, so only those are compared that share
 * a household, or birth date and district while one has no resident number: a few for each child, whatever the city's size.
 */
final class Duplicates {
    /** Children looked at for a page, found any or not. */
    private static final int LOOKED_AT = 5_000;

    private static final String CHILDREN = """
            SELECT id FROM child WHERE district_code = :district AND id > :after ORDER BY id LIMIT :most""";
    private static final String PAIRS = """
            SELECT c.id, o.id AS other_id, c.personal, o.personal AS other_personal, k.wrapped,
                   l.wrapped AS other_wrapped, c.birth_date,
                   o.birth_date AS other_birth_date, c.scheme, o.scheme AS other_scheme,
                   c.household_id = o.household_id AS same_household, o.district_code AS other_district
            FROM child c JOIN LATERAL (
                SELECT * FROM child h WHERE h.household_id = c.household_id AND h.id <> c.id
                UNION
                SELECT * FROM child b WHERE b.birth_date = c.birth_date AND b.district_code = c.district_code
                    AND b.id <> c.id AND (b.scheme IS DISTINCT FROM 'RRN' OR c.scheme IS DISTINCT FROM 'RRN')
            ) AS o ON o.id > c.id OR o.district_code <> c.district_code
            LEFT JOIN subject_key k ON k.subject = c.id LEFT JOIN subject_key l ON l.subject = o.id
            WHERE c.id = ANY (:ids)
              AND NOT EXISTS (SELECT 1 FROM child_alias a WHERE a.alias_id IN (c.id, o.id))
              AND NOT EXISTS (SELECT 1 FROM identity_decision d WHERE d.kind IN ('NOT_SAME', 'SPLIT')
                              AND ((d.child_id = c.id AND d.other_id = o.id)
                                OR (d.child_id = o.id AND d.other_id = c.id)))
            ORDER BY c.id, o.id""";

    private final SubjectKeys keys;

    Duplicates(SubjectKeys keys) {
        this.keys = keys;
    }

    /** Two entries and what speaks for their being one child. */
    record Pair(UUID childId, UUID otherId, String otherDistrict, Likeness likeness) {}

    /**
     * Pairs of a district, by the first entry of each.
     *
     * @param next where to look on; null at the end of the district
     */
    record Found(List<Pair> pairs, @Nullable UUID next) {}

    /** Looks on after a child; finds about as many pairs as asked for, or none if there are few. */
    Found find(Connection tx, String district, UUID after, int limit) {
        var pairs = new ArrayList<Pair>();
        var last = after;
        int looked = 0;
        while (pairs.size() < limit && looked < LOOKED_AT) {
            var ids = children(tx, district, last, Math.min(limit, LOOKED_AT - looked));
            if (ids.isEmpty()) {
                return new Found(pairs, null);
            }
            pairs.addAll(pairs(tx, ids));
            looked += ids.size();
            last = ids.getLast();
        }
        return new Found(pairs, last);
    }

    private static List<UUID> children(Connection tx, String district, UUID after, int most) {
        return Sql.on(tx)
                .createQuery(CHILDREN)
                .bind("district", district)
                .bind("after", after)
                .bind("most", most)
                .mapTo(UUID.class)
                .list();
    }

    private List<Pair> pairs(Connection tx, List<UUID> ids) {
        var found = Sql.on(tx)
                .createQuery(PAIRS)
                .bindArray("ids", UUID.class, ids.toArray())
                .map((row, c) ->
                        new Entries(row.getString("other_district"), Entry.of(row, ""), Entry.of(row, "other_")))
                .list();
        return found.stream()
                .map(pair -> pair.opened(keys))
                .filter(pair -> pair.likeness().score() >= Likeness.WORTH_A_LOOK)
                .toList();
    }

    /** Two entries of the registry, still sealed. */
    private record Entries(String otherDistrict, Entry one, Entry other) {
        Pair opened(SubjectKeys keys) {
            return new Pair(one.id, other.id, otherDistrict, Likeness.of(one.opened(keys), other.opened(keys)));
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Entry(
            UUID id,
            byte @Nullable [] personal,
            byte @Nullable [] key,
            @Nullable LocalDate birthDate,
            boolean sameHousehold,
            @Nullable String scheme) {
        static Entry of(ResultSet row, String prefix) throws SQLException {
            return new Entry(
                    row.getObject(prefix + "id", UUID.class),
                    row.getBytes(prefix + "personal"),
                    row.getBytes(prefix + "wrapped"),
                    row.getObject(prefix + "birth_date", LocalDate.class),
                    row.getBoolean("same_household"),
                    row.getString(prefix + "scheme"));
        }

        Likeness.Entry opened(SubjectKeys keys) {
            return new Likeness.Entry(
                    personal == null
                            ? null
                            : Personal.open(keys.of(id, key), id, personal).name(),
                    birthDate,
                    sameHousehold,
                    scheme);
        }
    }
}
