package org.jikimi.screening.round.screening;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.reference.Nobody;
import org.jikimi.screening.round.model.Round;
import org.jikimi.screening.round.selection.Linked;

/**
 * Compares a round that is screened again with what it keeps, page by page: the same by its manifest; once a child of its
 * list was erased, the same of every other child, but for their ranks.
 */
final class SameAgain {
    /** Random ids stand for those that were erased. */
    private static final String KEPT = """
            SELECT count(*) AS kept, count(*) FILTER (WHERE uuid_extract_version(child_id) = 4) AS erased FROM (
                SELECT child_id FROM flag WHERE round_id = :round UNION ALL
                SELECT child_id FROM round_linked WHERE round_id = :round) AS list""";

    private final Connection tx;
    private final Round round;
    private final long kept;
    private final boolean hasErased;
    private long found;

    SameAgain(Connection tx, Round round) {
        this.tx = tx;
        this.round = round;
        var list = Sql.on(tx)
                .createQuery(KEPT)
                .bind("round", round.id())
                .map((row, c) -> List.of(row.getLong("kept"), row.getLong("erased")))
                .one();
        this.hasErased = list.getLast() > 0;
        this.kept = list.getFirst() - list.getLast();
    }

    /** @throws IllegalStateException if a child of the page came out otherwise */
    void require(ScreenedPage again) {
        var children = Stream.concat(
                        again.flags().stream().map(Flag::childId),
                        again.linked().stream().map(Linked::childId))
                .filter(child -> !Nobody.is(child))
                .toList();
        var before =
                new ScreenedPage(RoundFlags.of(tx, round.id(), children), RoundLinked.of(tx, round.id(), children));
        if (!judged(before).equals(judged(again))) {
            throw otherwise();
        }
        found += children.size();
    }

    /** @throws IllegalStateException if the round keeps a child that was not found again, or another fingerprint */
    void requireAll() throws SQLException {
        if (found != kept) {
            throw otherwise();
        }
        var manifest = round.manifest();
        if (!hasErased && manifest != null && !manifest.equals(Manifest.of(tx, round.id()))) {
            throw otherwise();
        }
    }

    private Map<UUID, Object> judged(ScreenedPage page) {
        Function<Flag, Object> ofFlag = hasErased ? flag -> List.of(flag.score(), flag.reasons()) : Manifest::line;
        Function<Linked, Object> ofLinked =
                hasErased ? child -> List.of(child.score(), child.kind(), child.ref()) : Manifest::line;
        var judged = new HashMap<UUID, Object>();
        page.flags().forEach(flag -> judged.put(flag.childId(), ofFlag.apply(flag)));
        page.linked().forEach(child -> judged.put(child.childId(), ofLinked.apply(child)));
        judged.keySet().removeIf(Nobody::is);
        return judged;
    }

    private IllegalStateException otherwise() {
        return new IllegalStateException("round " + round.id() + " came out otherwise when screened again");
    }
}
