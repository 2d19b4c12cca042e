package org.jikimi.screening.round.screening;

import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jspecify.annotations.Nullable;

/** The flags of a round. */
public final class RoundFlags {
    private RoundFlags() {}

    /** Those of some children. */
    static List<Flag> of(Connection tx, UUID roundId, Collection<UUID> children) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM flag WHERE child_id = ANY(:children) AND round_id = :round")
                .bind("round", roundId)
                .bindArray("children", UUID.class, children)
                .map((row, c) -> Flags.flag(row))
                .list();
    }

    /**
     * A part of the list, by dong and rank.
     *
     * @param state null for all
     */
    public static List<Flag> page(
            Connection tx, UUID roundId, @Nullable String state, String afterDong, int afterRank, int limit) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM flag WHERE round_id = :round "
                        + "AND (CAST(:state AS text) IS NULL OR state = :state) "
                        + "AND (dong_code, rank) > (:dong, :rank) ORDER BY dong_code, rank LIMIT :limit")
                .bind("round", roundId)
                .bind("state", state)
                .bind("dong", afterDong)
                .bind("rank", afterRank)
                .bind("limit", limit)
                .map((row, c) -> Flags.flag(row))
                .list();
    }
}
