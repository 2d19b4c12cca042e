package org.jikimi.cases.register;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.cases.support.Rows;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/**
 * What the register says of children, as the registry told. Of an id that is an alias holds what is said of the child that
 * survives; what is said of the id itself is kept, should the two be split.
 */
public final class RegisterStates {
    private static final String LEFT = """
            SELECT asked.id, said.state FROM unnest(:ids) AS asked (id)
            LEFT JOIN child_alias alias ON alias.alias_id = asked.id AND alias.active
            JOIN child_status said ON said.child_id = coalesce(alias.child_id, asked.id)
            WHERE said.state <> 'RESIDENT' AND (NOT said.contradicted OR :contradicted)""";

    private static final String OF_CHILD =
            "child_id IN (:child, (SELECT child_id FROM child_alias WHERE alias_id = :child AND active))";

    private record Left(UUID id, RegisterState state) {}

    /**
     * Notes it; answers false if something newer is known.
     *
     * @param version of the child in the registry: the highest stands
     */
    public boolean note(Connection tx, UUID childId, long version, RegisterState state) {
        Sql.on(tx)
                .createUpdate("DELETE FROM register_finding USING child_status AS known "
                        + "WHERE register_finding.child_id = :child AND known.child_id = :child "
                        + "AND known.version < :version AND known.state <> :state")
                .bind("child", childId)
                .bind("version", version)
                .bind("state", state.name())
                .execute();
        return Sql.on(tx)
                        .createUpdate("""
                        INSERT INTO child_status AS known (child_id, version, state) VALUES (:child, :version, :state)
                        ON CONFLICT (child_id) DO UPDATE SET version = excluded.version, state = excluded.state,
                            contradicted = known.contradicted AND known.state = excluded.state,
                            contradicted_as = CASE known.state WHEN excluded.state THEN known.contradicted_as END,
                            confirmed_as = CASE known.state WHEN excluded.state THEN known.confirmed_as END
                            WHERE known.version < excluded.version""")
                        .bind("child", childId)
                        .bind("version", version)
                        .bind("state", state.name())
                        .execute()
                == 1;
    }

    /** A person found the child otherwise: that stands against the register until it says something new. */
    public void contradict(Connection tx, UUID childId) {
        set(tx, childId, true, """
                UPDATE child_status SET contradicted = true, confirmed_as = NULL,
                    contradicted_as = CASE contradicted_as WHEN child_id THEN child_id ELSE :child END
                WHERE (NOT contradicted OR (child_id = :child AND contradicted_as IS DISTINCT FROM :child))""");
    }

    /** A person found the child as the register says, whatever was found before. */
    public void confirm(Connection tx, UUID childId) {
        set(tx, childId, false, """
                UPDATE child_status SET contradicted = false,
                    confirmed_as = CASE WHEN child_id <> :child AND contradicted_as = child_id THEN :child END,
                    contradicted_as = CASE WHEN child_id <> :child AND contradicted_as = child_id THEN child_id END
                WHERE (contradicted OR (child_id = :child AND contradicted_as IS NOT NULL))""");
    }

    /**
     * What was found of an alias is kept of its child, and of itself for the day on which they are split. What was found of the
     * child itself, or of others of its aliases, is kept beside it.
     */
    private static void set(Connection tx, UUID childId, boolean against, String update) {
        Sql.on(tx)
                .createUpdate("INSERT INTO register_finding (child_id, found_as, against) "
                        + "SELECT child_id, :child, :against FROM child_status WHERE " + OF_CHILD
                        + " ON CONFLICT (child_id, found_as) DO UPDATE SET against = excluded.against, nth = DEFAULT")
                .bind("child", childId)
                .bind("against", against)
                .execute();
        Sql.on(tx)
                .createUpdate(update + " AND " + OF_CHILD)
                .bind("child", childId)
                .execute();
    }

    /**
     * What was found under an id speaks of no other child than the one that it is of now. Of whom it did, the newest holds again
     * that was found under the ids which are left; answers those.
     */
    public List<UUID> partFindings(Connection tx, UUID id) {
        return Sql.on(tx).createQuery("""
                        WITH parted AS (
                            DELETE FROM register_finding WHERE found_as = :id
                                AND child_id <> ALL(ARRAY(SELECT ids_of_child(:id))) RETURNING child_id)
                        UPDATE child_status SET contradicted = coalesce(left_over.against, false),
                            contradicted_as = CASE WHEN left_over.against THEN left_over.found_as END, confirmed_as = NULL
                        FROM parted LEFT JOIN LATERAL (
                            SELECT against, found_as FROM register_finding
                            WHERE register_finding.child_id = parted.child_id AND found_as <> :id
                            ORDER BY nth DESC LIMIT 1) AS left_over ON true
                        WHERE child_status.child_id = parted.child_id RETURNING child_status.child_id""").bind("id", id).mapTo(UUID.class).list();
    }

    /** Those of the children who have died or emigrated, as the register says. */
    public Map<UUID, RegisterState> left(Connection tx, Collection<UUID> children) {
        return left(tx, children, true);
    }

    /** Those of the children for whom nobody goes any more: they have died or emigrated, and no person found otherwise since. */
    public Map<UUID, RegisterState> gone(Connection tx, Collection<UUID> children) {
        return left(tx, children, false);
    }

    private static Map<UUID, RegisterState> left(Connection tx, Collection<UUID> children, boolean contradicted) {
        return Sql.on(tx)
                .createQuery(LEFT)
                .bind("contradicted", contradicted)
                .bindArray("ids", UUID.class, children.stream().distinct().toArray())
                .map((row, context) -> new Left(Rows.id(row, "id"), RegisterState.valueOf(row.getString("state"))))
                .stream()
                .collect(Collectors.toMap(Left::id, Left::state));
    }

    /** Which of the two the child has done, and no person found otherwise since; null if neither. */
    public @Nullable RegisterState gone(Connection tx, UUID child) {
        return gone(tx, List.of(child)).get(child);
    }

    /** Which of the two the child has done, as the register says; null if neither. */
    public @Nullable RegisterState left(Connection tx, UUID child) {
        return left(tx, List.of(child)).get(child);
    }
}
