package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.rights.RightsRequest.Decision;
import org.jikimi.screening.rights.RightsRequest.Outcome;
import org.jspecify.annotations.Nullable;

/** Requests in the database. They follow the child: an alias answers as its child, and a district is where the child lives. */
final class RightsRequests {
    private static final String LIST = """
            SELECT r.* FROM rights_request r JOIN child c ON c.id = surviving(r.child_id)
            WHERE (CAST(:child AS uuid) IS NULL OR c.id = CAST(:child AS uuid))
              AND (CAST(:district AS text) IS NULL OR c.district_code = CAST(:district AS text))
              AND (NOT :open OR r.outcome IS NULL)
              AND (r.due_on, r.id) > (:afterDue, :afterId)
            ORDER BY r.due_on, r.id LIMIT :limit""";

    /** Where a list goes on. */
    record After(LocalDate dueOn, UUID id) {
        static final After NOTHING = new After(LocalDate.EPOCH, new UUID(0, 0));
    }

    void add(Connection tx, RightsRequest request, byte[] wording) {
        Sql.on(tx)
                .createUpdate("INSERT INTO rights_request (id, version, child_id, kind, requester, identity_check, "
                        + "representation, received_on, due_on, wording, deferrals, registered_by, registered_at) VALUES "
                        + "(:id, :version, :child, :kind, :requester, :check, CAST(:representation AS text), :received, "
                        + ":due, :wording, 0, :by, :at)")
                .bind("id", request.id())
                .bind("version", request.version())
                .bind("child", request.childId())
                .bind("kind", request.kind().name())
                .bind("requester", request.requester().name())
                .bind("check", request.identityCheck())
                .bind("representation", request.representation())
                .bind("received", request.receivedOn())
                .bind("due", request.dueOn())
                .bind("wording", wording)
                .bind("by", request.registeredBy())
                .bind("at", request.registeredAt())
                .execute();
    }

    /** The request of that id, locked until the transaction ends. */
    Optional<RightsRequest> lock(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM rights_request WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, c) -> request(row))
                .findOne();
    }

    Optional<RightsRequest> find(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM rights_request WHERE id = :id")
                .bind("id", id)
                .map((row, c) -> request(row))
                .findOne();
    }

    /**
     * Those of a child or of a district, the first due first.
     *
     * @param child one that survives; null for all of the district
     */
    List<RightsRequest> list(
            Connection tx, @Nullable UUID child, @Nullable String district, boolean open, After after, int limit) {
        return Sql.on(tx)
                .createQuery(LIST)
                .bind("child", child)
                .bind("district", district)
                .bind("open", open)
                .bind("afterDue", after.dueOn())
                .bind("afterId", after.id())
                .bind("limit", limit)
                .map((row, c) -> request(row))
                .list();
    }

    /** Keeps a deferral. */
    void deferred(Connection tx, RightsRequest request) {
        Sql.on(tx)
                .createUpdate("UPDATE rights_request SET version = :version, due_on = :due, deferrals = :deferrals, "
                        + "deferral_reason = :reason WHERE id = :id")
                .bind("version", request.version())
                .bind("due", request.dueOn())
                .bind("deferrals", request.deferrals())
                .bind("reason", request.deferralReason())
                .bind("id", request.id())
                .execute();
    }

    /**
     * Keeps a decision with the answer that it led to.
     *
     * @param child the one that survives, as which it is answered
     */
    void decided(Connection tx, RightsRequest request, UUID child, Decision decision, byte[] answer) {
        var review = decision.followed().review();
        Sql.on(tx)
                .createUpdate("UPDATE rights_request SET version = :version, outcome = :outcome, "
                        + "ground = CAST(:ground AS text), withheld = :withheld, conflict = :conflict, danger = :danger, "
                        + "review = CAST(:review AS text), corrected = :corrected, decided_by = :by, decided_at = :at, "
                        + "answer = :answer, overdue = :overdue, answered_as = ARRAY[CAST(:child AS uuid)] || "
                        + "ARRAY(SELECT alias_id FROM child_alias WHERE child_id = :child ORDER BY alias_id) "
                        + "WHERE id = :id")
                .bind("version", request.version())
                .bind("outcome", decision.outcome().name())
                .bind("ground", decision.ground())
                .bindArray(
                        "withheld",
                        String.class,
                        decision.withheld().stream().map(Part::name).sorted().toList())
                .bind("conflict", decision.conflict())
                .bindArray("danger", String.class, decision.danger())
                .bind("review", review == null ? null : review.name())
                .bindArray("corrected", String.class, decision.followed().correctedFields())
                .bind("by", decision.by())
                .bind("at", decision.at())
                .bind("answer", answer)
                .bind("overdue", request.overdue())
                .bind("child", child)
                .bind("id", request.id())
                .execute();
    }

    /** Whether all that the answer tells of still is one child, the request's. */
    boolean isAnswerOfOne(Connection tx, UUID id) {
        return Sql.on(tx)
                .createQuery("SELECT NOT EXISTS (SELECT FROM unnest(r.answered_as) AS told (id) "
                        + "WHERE surviving(told.id) <> surviving(r.child_id)) FROM rights_request r WHERE r.id = :id")
                .bind("id", id)
                .mapTo(boolean.class)
                .one();
    }

    byte[] wording(Connection tx, UUID id) {
        return bytes(tx, "SELECT wording FROM rights_request WHERE id = :id", id);
    }

    byte[] answer(Connection tx, UUID id) {
        return bytes(tx, "SELECT answer FROM rights_request WHERE id = :id", id);
    }

    private static byte[] bytes(Connection tx, String query, UUID id) {
        return Sql.on(tx).createQuery(query).bind("id", id).mapTo(byte[].class).one();
    }

    /** Notes that a request was not answered in time, if that is so. */
    void noteOverdue(Connection tx, UUID id, LocalDate today) {
        Sql.on(tx)
                .createUpdate("UPDATE rights_request SET overdue = true "
                        + "WHERE id = :id AND outcome IS NULL AND due_on < :today")
                .bind("id", id)
                .bind("today", today)
                .execute();
    }

    private static RightsRequest request(ResultSet row) throws SQLException {
        return new RightsRequest(
                row.getObject("id", UUID.class),
                row.getLong("version"),
                row.getObject("child_id", UUID.class),
                RightsKind.valueOf(row.getString("kind")),
                Requester.valueOf(row.getString("requester")),
                row.getString("identity_check"),
                row.getString("representation"),
                row.getObject("received_on", LocalDate.class),
                row.getObject("due_on", LocalDate.class),
                row.getInt("deferrals"),
                row.getString("deferral_reason"),
                row.getBoolean("overdue"),
                row.getString("registered_by"),
                row.getTimestamp("registered_at").toInstant(),
                decision(row));
    }

    private static @Nullable Decision decision(ResultSet row) throws SQLException {
        var outcome = row.getString("outcome");
        return outcome == null
                ? null
                : new Decision(
                        Outcome.valueOf(outcome),
                        row.getString("ground"),
                        parts(row),
                        row.getBoolean("conflict"),
                        texts(row, "danger"),
                        Followed.NOTHING, // it was done when it was decided
                        row.getString("decided_by"),
                        row.getTimestamp("decided_at").toInstant());
    }

    private static Set<Part> parts(ResultSet row) throws SQLException {
        return texts(row, "withheld").stream().map(Part::valueOf).collect(Collectors.toSet());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Object[]) row.getArray(column).getArray())
                .map(String::valueOf)
                .toList();
    }
}
