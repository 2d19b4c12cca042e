package org.jikimi.screening.erasure;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.signal.WorkedFor;
import org.jspecify.annotations.Nullable;

/** Finds the children who are to be erased, each with the ids that are aliases of it. */
final class DueChildren {
    private static final int PAGE = 2_000;
    private static final UUID FIRST = new UUID(0, 0);

    /** For so long an answer to who asked for a child's data is there to be handed over. */
    private static final int DAYS_AN_ANSWER_IS_KEPT = 30;

    private final RetentionRule rule;
    private final LocalDate today;

    DueChildren(RetentionRule rule, LocalDate today) {
        this.rule = rule;
        this.today = today;
    }

    /**
     * Children who are to be erased and are not yet.
     *
     * @param oldest since which day the one has been who has waited for longest; null if there is nobody
     */
    record Waiting(long children, @Nullable LocalDate oldest) {}

    private record Found(UUID id, List<UUID> aliases, RetentionRule.Life life) {}

    /** At most so many of them. */
    Map<UUID, List<UUID>> find(Connection tx, int most) throws SQLException {
        var due = new LinkedHashMap<UUID, List<UUID>>();
        var page = page(tx, "c.id > :from", FIRST);
        while (!page.isEmpty() && due.size() < most) {
            for (var child : over(tx, page)) {
                if (due.size() < most) {
                    due.put(child.id, child.aliases);
                }
            }
            page = page(tx, "c.id > :from", page.getLast().id);
        }
        return due;
    }

    /** All of them. Reads every child who is of age, so it is not for every scrape. */
    Waiting waiting(Connection tx) throws SQLException {
        long children = 0;
        var oldest = today;
        for (var page = page(tx, "c.id > :from", FIRST);
                !page.isEmpty();
                page = page(tx, "c.id > :from", page.getLast().id)) {
            for (var child : over(tx, page)) {
                var since = rule.dueOn(child.life);
                oldest = since.isBefore(oldest) ? since : oldest;
                children++;
            }
        }
        return new Waiting(children, children == 0 ? null : oldest);
    }

    /** Those of the children who are still due, when nobody can change that any more. */
    Map<UUID, List<UUID>> still(Connection tx, Collection<UUID> children) throws SQLException {
        var due = new LinkedHashMap<UUID, List<UUID>>();
        var found = new ArrayList<Found>();
        for (var child : children) {
            found.addAll(page(tx, "c.id = :from", child));
        }
        over(tx, found).forEach(child -> due.put(child.id, child.aliases));
        return due;
    }

    private List<Found> over(Connection tx, List<Found> found) throws SQLException {
        var over =
                found.stream().filter(child -> rule.isOver(child.life, today)).toList();
        var worked = WorkedFor.among(tx, over.stream().map(Found::id).toList(), today);
        return over.stream().filter(child -> !worked.contains(child.id)).toList();
    }

    private List<Found> page(Connection tx, String which, UUID from) {
        return Sql.on(tx)
                .createQuery(lives(which))
                .bind("from", from)
                .bind("born", rule.bornBy(today))
                .bind("left", rule.leftBy(today))
                .bind(
                        "answered",
                        today.minusDays(DAYS_AN_ANSWER_IS_KEPT)
                                .atStartOfDay(Seoul.ZONE)
                                .toInstant())
                .bind("most", PAGE)
                .map((row, c) -> found(row))
                .list();
    }

    /**
     * What may be over, with what last happened; a child of an open round's backlog may still be called, an agency or a shelter
     * needs to know whom it helps, and who has asked for its data is answered first, and handed the answer.
     */
    private static String lives(String which) {
        return """
            SELECT c.id, c.birth_date, CASE WHEN c.status <> 'RESIDENT' THEN c.status_on END AS left_on, a.ids, h.last
            FROM child c
            CROSS JOIN LATERAL (
                SELECT c.id || coalesce(array_agg(alias_id ORDER BY alias_id), '{}') AS ids
                FROM child_alias WHERE child_id = c.id) AS a
            CROSS JOIN LATERAL (
                SELECT max(day) AS last FROM (
                    SELECT greatest(observed_on, cleared_on) AS day FROM signal WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT greatest(flagged_at, visited_at)::date FROM flag WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT completed_at::date FROM visit_result WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT determined_at::date FROM abuse_finding WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT happened_at::date FROM concern WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT greatest(changed_at::date, watched_until) FROM open_work WHERE child_id = ANY (a.ids)
                    UNION ALL
                    SELECT changed_at::date FROM open_help WHERE child_id = ANY (a.ids)
                ) AS happened) AS h
            WHERE %s
              AND (c.birth_date IS NULL OR c.birth_date <= :born OR (c.status <> 'RESIDENT' AND c.status_on <= :left))
              AND NOT EXISTS (SELECT 1 FROM child_alias WHERE alias_id = c.id)
              AND NOT EXISTS (SELECT 1 FROM flag f JOIN round r ON r.id = f.round_id
                              WHERE f.child_id = ANY (a.ids) AND f.state = 'BACKLOG' AND r.state <> 'CLOSED')
              AND NOT EXISTS (SELECT 1 FROM open_help WHERE child_id = ANY (a.ids) AND open)
              AND NOT EXISTS (SELECT 1 FROM rights_request WHERE child_id = ANY (a.ids)
                              AND (outcome IS NULL OR decided_at >= :answered))
            ORDER BY c.id LIMIT :most""".formatted(which);
    }

    private static Found found(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var ids = List.of((UUID[]) row.getArray("ids").getArray());
        var born = row.getObject("birth_date", LocalDate.class);
        return new Found(
                id,
                ids.subList(1, ids.size()),
                new RetentionRule.Life(
                        born != null ? born : enteredOn(id),
                        row.getObject("left_on", LocalDate.class),
                        row.getObject("last", LocalDate.class)));
    }

    /** An id that tells no time is of nobody who could be over. */
    private static LocalDate enteredOn(UUID id) {
        return EventIds.timeOf(id).map(Seoul::dateOf).orElse(LocalDate.MAX.minusYears(1_000));
    }
}
