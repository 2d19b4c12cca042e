package org.jikimi.cases.visit;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jikimi.cases.support.Rows;
import org.jikimi.cases.support.Scope;
import org.jikimi.cases.support.Texts;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Cursor;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;

/** The visits as stored. */
@ApplicationScoped
class Visits {
    private static final String NOTE = "visit.note";

    private final Texts texts;
    private final SubjectKeys keys;

    Visits(Texts texts, SubjectKeys keys) {
        this.texts = texts;
        this.keys = keys;
    }

    /** Nobody else changes the household's visits, or what is known of the children, until the transaction ends. */
    void lock(Connection tx, UUID householdId, List<UUID> childIds) throws SQLException {
        var keys = new ArrayList<String>();
        keys.add(householdId.toString());
        childIds.forEach(child -> keys.add(child.toString()));
        KeyLocks.lock(tx, keys);
    }

    /** The visit, locked. */
    Optional<Visit> lock(Connection tx, UUID id) throws SQLException {
        var visit = find(tx, id);
        while (visit.isPresent()) {
            var seen = visit.get();
            lock(tx, seen.householdId(), seen.childIds());
            visit = find(tx, id);
            boolean locked = visit.filter(now -> now.householdId().equals(seen.householdId())
                            && seen.childIds().containsAll(now.childIds()))
                    .isPresent();
            if (locked) { // else it went to another household while this one waited
                follow(tx, id);
                return visit;
            }
        }
        return visit;
    }

    /** Links what is done to the visit, perhaps weeks later, to what planned it. */
    private static void follow(Connection tx, UUID id) {
        Sql.on(tx)
                .createQuery("SELECT traceparent FROM visit WHERE id = :id AND traceparent IS NOT NULL")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .ifPresent(Tracing::follows);
    }

    void insert(Connection tx, Visit visit) {
        bind(visit, Sql.on(tx).createUpdate("""
                        INSERT INTO visit (id, version, state, kind, household_id, ordinal, district_code, dong_code,
                            urgent, due_on, correlation_id, planned_at, children, child_ids, attempts, traceparent)
                        VALUES (:id, :version, :state, :kind, :household, :ordinal, :district, :dong,
                            :urgent, :dueOn, :correlation, :plannedAt, CAST(:children AS jsonb), :childIds,
                            CAST(:attempts AS jsonb), :traceparent)"""))
                .bind("traceparent", Tracing.current().orElse(null))
                .execute();
    }

    /**
     * Stores the next version.
     *
     * @throws IllegalStateException if another one has been stored meanwhile, which the lock of the household prevents
     */
    void update(Connection tx, Visit visit) {
        int rows = bind(visit, Sql.on(tx).createUpdate("""
                        UPDATE visit SET version = :version, state = :state, kind = :kind, urgent = :urgent,
                            household_id = :household, ordinal = :ordinal,
                            district_code = :district, dong_code = :dong, due_on = :dueOn, correlation_id = :correlation, planned_at = :plannedAt,
                            children = CAST(:children AS jsonb), child_ids = :childIds,
                            attempts = CAST(:attempts AS jsonb), completed_at = :completedAt
                        WHERE id = :id AND version = :version - 1""")).execute();
        if (rows != 1) {
            throw new IllegalStateException("visit " + visit.id() + " changed under its lock");
        }
    }

    /** What is written of the household is nobody's alone: it has a key of its own, destroyed with the first of the children. */
    void write(Connection tx, UUID id, @Nullable String note) throws SQLException {
        Sql.on(tx)
                .createUpdate("UPDATE visit SET note = :note WHERE id = :id")
                .bind("id", id)
                .bind("note", texts.seal(tx, id, note, NOTE, id))
                .execute();
    }

    @Nullable
    String note(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT note FROM visit WHERE id = :id AND note IS NOT NULL")
                .bind("id", id)
                .map((row, context) -> texts.open(tx, id, row.getBytes("note"), NOTE, id))
                .findOne()
                .orElse(null);
    }

    Optional<Visit> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM visit WHERE id = :id")
                .bind("id", id)
                .map((row, context) -> read(row))
                .findOne();
    }

    Optional<Visit> openOf(Connection tx, UUID householdId, String districtCode) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM visit WHERE household_id = :household AND district_code = :district "
                        + "AND state IN ('PLANNED', 'ATTEMPTED')")
                .bind("household", householdId)
                .bind("district", districtCode)
                .map((row, context) -> read(row))
                .findOne();
    }

    /**
     * The next ordinal of the household. A visit that has moved to another one keeps its id, so its ordinal here is gone; and
     * so is that of one erased with its children, of which others remember what became of it.
     */
    int nextOrdinal(Connection tx, UUID householdId) throws SQLException {
        int next = Sql.on(tx)
                .createQuery("SELECT coalesce(max(ordinal), 0) + 1 FROM visit WHERE household_id = :household")
                .bind("household", householdId)
                .mapTo(Integer.class)
                .one();
        while (isUsed(tx, Visit.idOf(householdId, next))) {
            next++;
        }
        return next;
    }

    private boolean isUsed(Connection tx, UUID id) throws SQLException {
        return find(tx, id).isPresent() || keys.isDestroyed(tx, id);
    }

    /** Notes that a flag has its visit; answers false if it had one. */
    boolean take(Connection tx, UUID flagId, UUID visitId) {
        return Sql.on(tx)
                        .createUpdate("INSERT INTO visit_flag (flag_id, visit_id) VALUES (:flag, :visit) "
                                + "ON CONFLICT (flag_id) DO NOTHING")
                        .bind("flag", flagId)
                        .bind("visit", visitId)
                        .execute()
                == 1;
    }

    /** The visit that answers a flag; empty if it has none. */
    Optional<UUID> ofFlag(Connection tx, UUID flagId) {
        return Sql.on(tx)
                .createQuery("SELECT visit_id FROM visit_flag WHERE flag_id = :flag")
                .bind("flag", flagId)
                .mapTo(UUID.class)
                .findOne();
    }

    /** Notes that a flag is answered by another visit from now on. */
    void hand(Connection tx, UUID flagId, UUID visitId) {
        Sql.on(tx)
                .createUpdate("UPDATE visit_flag SET visit_id = :visit WHERE flag_id = :flag")
                .bind("flag", flagId)
                .bind("visit", visitId)
                .execute();
    }

    /** The open visits that a child is named in, in the order of their ids. */
    List<UUID> openOfChild(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT id FROM visit WHERE child_ids @> ARRAY[CAST(:child AS uuid)] "
                        + "AND state IN ('PLANNED', 'ATTEMPTED') ORDER BY id")
                .bind("child", childId)
                .mapTo(UUID.class)
                .list();
    }

    /**
     * Those that are over and in which nobody went to a child who is named in them, and whom no visit has seen since; in the
     * order of their ids.
     */
    List<UUID> unseenWithout(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT id FROM visit WHERE child_ids @> ARRAY[CAST(:child AS uuid)]
                            AND (state = 'CLOSED' OR (state = 'COMPLETED' AND children @> jsonb_build_array(
                                jsonb_build_object('childId', CAST(:child AS text),
                                                   'result', jsonb_build_object('notVisited', true)))))
                            AND NOT EXISTS (SELECT 1 FROM ids_of_child(:child) AS same (id) JOIN visit since
                                ON since.child_ids @> ARRAY[same.id] AND since.completed_at > visit.completed_at
                                AND since.children @> jsonb_build_array(jsonb_build_object('childId', same.id::text,
                                    'result', jsonb_build_object('seen', true))))
                        ORDER BY id""")
                .bind("child", childId)
                .mapTo(UUID.class)
                .list();
    }

    /** Whether somebody who went to a child has seen it or found it dead, under any of its ids, at a time or since. */
    boolean foundSince(Connection tx, UUID childId, Instant since) {
        return foundUnder(tx, childId, since).isPresent();
    }

    /** That a child was seen or found dead, under one of its ids. */
    record Found(UUID as, CheckResult how, Instant at) {}

    /** What somebody found who went to a child at a time or since: the newest of its own id, or else of another one. */
    Optional<Found> foundUnder(Connection tx, UUID childId, Instant since) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT same.id, completed_at, child #>> '{result,outcome}' = 'DECEASED' AS dead
                        FROM ids_of_child(:child) AS same (id) JOIN visit
                            ON child_ids @> ARRAY[same.id] AND completed_at >= :since
                            CROSS JOIN jsonb_array_elements(children) AS child
                        WHERE child ->> 'childId' = same.id::text
                          AND (child #>> '{result,seen}' = 'true' OR (child #>> '{result,outcome}' = 'DECEASED'
                              AND child #>> '{result,notVisited}' IS DISTINCT FROM 'true'))
                        ORDER BY same.id = :child DESC, completed_at DESC, visit.id LIMIT 1""")
                .bind("child", childId)
                .bind("since", since)
                .map((row, context) -> new Found(
                        Rows.id(row, "id"),
                        row.getBoolean("dead") ? CheckResult.DECEASED : CheckResult.LOCATED,
                        row.getTimestamp("completed_at").toInstant()))
                .findOne();
    }

    /** The newest visit of a child's household. */
    Optional<Visit> newestOf(Connection tx, UUID childId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM visit WHERE child_ids @> ARRAY[CAST(:child AS uuid)] "
                        + "ORDER BY planned_at DESC, id LIMIT 1")
                .bind("child", childId)
                .map((row, context) -> read(row))
                .findOne();
    }

    /** Those a caller may see, the next due first; one row more than the page has. */
    List<Visit> list(Connection tx, Caller caller, VisitFilter filter, Cursor cursor) {
        return Sql.on(tx)
                .createQuery("""
                        SELECT * FROM visit
                        WHERE district_code = ANY(:districts)
                          AND (NOT :jointOnly OR kind = 'JOINT_WITH_POLICE')
                          AND (CAST(:state AS text) IS NULL OR state = :state)
                          AND (CAST(:due AS date) IS NULL OR due_on <= CAST(:due AS date))
                          AND (:beginning OR (due_on, id) > (CAST(:afterDue AS date), CAST(:afterId AS uuid)))
                        ORDER BY due_on, id LIMIT :limit""")
                .bindArray("districts", String.class, Scope.districts(caller, filter.districtCode()))
                .bind("jointOnly", Scope.jointVisitsOnly(caller))
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("due", text(filter.due()))
                .bind("beginning", cursor.atBeginning())
                .bind("afterDue", cursor.atBeginning() ? null : cursor.after().get(0))
                .bind("afterId", cursor.atBeginning() ? null : cursor.after().get(1))
                .bind("limit", cursor.fetch())
                .map((row, context) -> read(row))
                .list();
    }

    private static @Nullable String text(@Nullable LocalDate date) {
        return date == null ? null : date.toString();
    }

    private static <S extends SqlStatement<S>> S bind(Visit visit, S statement) {
        return statement
                .bind("id", visit.id())
                .bind("version", visit.version())
                .bind("state", visit.state().name())
                .bind("kind", visit.kind().name())
                .bind("household", visit.householdId())
                .bind("ordinal", visit.ordinal())
                .bind("district", visit.districtCode())
                .bind("dong", visit.dongCode())
                .bind("urgent", visit.urgent())
                .bind("dueOn", visit.dueOn())
                .bind("correlation", visit.correlation())
                .bind("plannedAt", visit.plannedAt())
                .bind("children", new String(Json.write(visit.children()), UTF_8))
                .bindArray("childIds", UUID.class, visit.childIds().toArray())
                .bind("attempts", new String(Json.write(visit.attempts()), UTF_8))
                .bind("completedAt", visit.completedAt());
    }

    private static Visit read(ResultSet row) throws SQLException {
        return new Visit(
                Rows.id(row, "id"),
                row.getLong("version"),
                Rows.code(row, "state", VisitState.class),
                Rows.code(row, "kind", VisitKind.class),
                Rows.id(row, "household_id"),
                row.getInt("ordinal"),
                row.getString("district_code"),
                row.getString("dong_code"),
                row.getBoolean("urgent"),
                Rows.date(row, "due_on"),
                Rows.id(row, "correlation_id"),
                Rows.instant(row, "planned_at"),
                List.of(Json.read(row.getString("children").getBytes(UTF_8), VisitChild[].class)),
                List.of(Json.read(row.getString("attempts").getBytes(UTF_8), Attempt[].class)),
                Rows.instantOrNull(row, "completed_at"));
    }
}
