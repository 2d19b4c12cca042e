package org.jikimi.referral.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jikimi.referral.identity.Aliases;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.due.DueHandler;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.time.Times;

/**
 * Erases 파기 all that is kept of a child, and acknowledges it. A child whom an agency serves, who has a bed, or who waits
 * for either, of which the registry had not heard, keeps that: it is tried again every day, and nothing is acknowledged until then.
 */
@ApplicationScoped
public class EraseChild implements DueHandler {
    static final String KIND = "erasure";

    private static final Duration A_DAY = Duration.ofDays(1);

    private static final Problem ERASED = Problem.of(
            "child-erased",
            409,
            "The data of this id were erased; ask the registry for the child again",
            "이 식별자의 정보는 파기되었습니다. 등록부에서 아동을 다시 조회하십시오");

    static final String WORK = """
            SELECT EXISTS (SELECT 1 FROM referral WHERE child_id = ANY (:ids)
                           AND state NOT IN ('COMPLETED', 'CANCELLED'))
                OR EXISTS (SELECT 1 FROM placement WHERE child_id = ANY (:ids)
                           AND state IN ('HELD', 'RESERVED', 'ADMITTED', 'UNPLACED'))""";

    static final String ABOUT = """
            SELECT 'child:' || id FROM unnest(:ids) AS id
            UNION ALL SELECT 'referral:' || id FROM referral WHERE child_id = ANY (:ids)
            UNION ALL SELECT 'placement:' || id FROM placement WHERE child_id = ANY (:ids)""";

    static final List<String> STEPS = List.of(
            "DELETE FROM referral_offer WHERE referral_id IN (SELECT id FROM referral WHERE child_id = ANY (:ids))",
            "DELETE FROM referral_judgement WHERE referral_id IN (SELECT id FROM referral WHERE child_id = ANY (:ids))",
            "DELETE FROM referral WHERE child_id = ANY (:ids)",
            "DELETE FROM placement WHERE child_id = ANY (:ids)",
            "DELETE FROM exclusion WHERE child_id = ANY (:ids)",
            """
            UPDATE child_move m SET to_district = led.to_district, to_dong = led.to_dong
            FROM (SELECT DISTINCT ON (a.alias_id) a.alias_id, s.*
                  FROM child_alias a JOIN child_move s ON s.child_id = a.child_id
                  WHERE a.child_id = ANY (:ids) AND a.active
                  ORDER BY a.alias_id, s.version DESC) AS led
            WHERE m.child_id = led.alias_id AND m.by_merge AND led.version > m.child_version""",
            "DELETE FROM child_move WHERE child_id = ANY (:ids)",
            "UPDATE child_alias SET child_id = alias_id, active = false WHERE child_id = ANY (:ids)",
            "DELETE FROM child_alias WHERE alias_id = ANY (:ids)");

    private final Events events;
    private final DueWork due;
    private final SubjectKeys keys;
    private final ForgetSubjects forget;
    private final Times times;
    private final Aliases identity = new Aliases();

    public EraseChild(Events events, DueWork due, SubjectKeys keys, ForgetSubjects forget, Times times) {
        this.events = events;
        this.due = due;
        this.keys = keys;
        this.forget = forget;
        this.times = times;
    }

    /** Whether the key of an event is a child that was erased. */
    public boolean isErased(Connection tx, String key) throws SQLException {
        return forget.isForgotten(tx, key);
    }

    /** Whether a child was erased; it is not until the transaction ends if it was not. */
    public boolean isErased(Connection tx, UUID child) throws SQLException {
        KeyLocks.lock(tx, List.of(child.toString()));
        return isErased(tx, child.toString());
    }

    /** Those of the children who were not, and are not until the transaction ends if it holds their locks. */
    public List<UUID> notErased(Connection tx, List<UUID> children) throws SQLException {
        var erased = keys.destroyedAmong(tx, children);
        return children.stream().filter(child -> !erased.contains(child)).toList();
    }

    /** Why nothing can begin for the children; empty if it can, and until the transaction ends none of them is erased. */
    public Optional<Problem> refusal(Connection tx, List<UUID> children) throws SQLException {
        KeyLocks.lock(tx, children.stream().map(UUID::toString).toList());
        return keys.destroyedAmong(tx, children).isEmpty() ? Optional.empty() : Optional.of(ERASED);
    }

    /** Erases the child and its aliases, or answers false if it is served or waits to be. Repeating it is harmless. */
    public boolean erase(Connection tx, UUID child, List<UUID> aliases) throws SQLException {
        var ids = Stream.concat(Stream.of(child), aliases.stream()).toList();
        KeyLocks.lock(tx, ids.stream().map(UUID::toString).toList());
        identity.lock(tx, child); // who was split from it, of which is not heard yet, lives
        var now = times.now();
        if (hasWork(tx, ids)) {
            var subject = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
            due.plan(tx, KIND, subject, now.plus(A_DAY));
            return false;
        }
        var about = Sql.on(tx)
                .createQuery(ABOUT)
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(String.class)
                .list();
        for (var step : STEPS) {
            Sql.on(tx)
                    .createUpdate(step)
                    .bindArray("ids", UUID.class, ids.toArray())
                    .execute();
        }
        forget.forget(tx, ids, about, ErasureEvents.OF_OTHERS, now);
        events.publish(tx, List.of(ErasureEvents.acknowledged(child, now)));
        return true;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public void handle(Connection tx, String subject, Instant dueAt, Instant now) throws SQLException {
        var ids = Arrays.stream(subject.split(",", -1)).map(UUID::fromString).toList();
        erase(tx, ids.getFirst(), ids.subList(1, ids.size()));
    }

    private static boolean hasWork(Connection tx, List<UUID> ids) {
        return Sql.on(tx)
                .createQuery(WORK)
                .bindArray("ids", UUID.class, ids.toArray())
                .mapTo(Boolean.class)
                .one();
    }
}
