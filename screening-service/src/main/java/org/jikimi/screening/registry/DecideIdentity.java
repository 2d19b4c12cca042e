package org.jikimi.screening.registry;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.screening.flag.FlagUrgently;
import org.jikimi.screening.outcome.Searches;
import org.jikimi.screening.signal.Aliases;
import org.jikimi.screening.signal.ChildStates;
import org.jspecify.annotations.Nullable;

/**
 * Takes two ids for one child 동일 아동, and apart again, because a person decided so. No row is rewritten: signals,
 * flags and work keep the ids they have, and count for the child that survives as long as the alias stands.
 */
@ApplicationScoped
public class DecideIdentity {
    private static final Pattern REASON = Pattern.compile("[A-Z][A-Z0-9_]{2,39}");

    private final Children children = new Children();
    private final Events events;
    private final FlagUrgently urgently;
    private final TellChanges changes;

    public DecideIdentity(Events events, FlagUrgently urgently, TellChanges changes) {
        this.events = events;
        this.urgently = urgently;
        this.changes = changes;
    }

    /**
     * What a person decided of two ids.
     *
     * @param survivor the id that survives
     * @param other the id that becomes, or was, an alias
     * @param reason a code
     * @param by the principal
     */
    record Decision(UUID survivor, UUID other, String reason, String by, Instant at) {}

    /** Two children as they are after the decision. */
    record Pair(Children.Child survivor, Children.Child other) {}

    /** Nobody else changes who is whom until the transaction ends. */
    void lock(Connection tx) throws SQLException {
        RegistryLock.take(tx);
        Aliases.change(tx);
    }

    /** Why the decision cannot be to merge; null if it can. */
    @Nullable
    Problem refusal(Connection tx, Children.Child survivor, Children.Child other) throws SQLException {
        if (!Aliases.of(tx, List.of(survivor.id(), other.id())).isEmpty()) {
            return IdentityProblems.ALIAS;
        }
        if (hasAliases(tx, other.id())) {
            return IdentityProblems.HAS_ALIASES;
        }
        if (survivor.provisional() && !other.provisional()) {
            return IdentityProblems.PROVISIONAL_SURVIVOR;
        }
        return hasResidentNumber(tx, other.id()) && !hasResidentNumber(tx, survivor.id())
                ? IdentityProblems.TEMPORARY_SURVIVOR
                : null;
    }

    /** Merges; expects the lock and no refusal. */
    Pair merge(Connection tx, Decision decision) throws SQLException {
        execute(tx, decision, "INSERT INTO child_alias (alias_id, child_id) VALUES (:other, :survivor)");
        note(tx, decision, "MERGED");
        var pair = next(tx, decision);
        ChildStates.clear(tx, List.of(decision.other()));
        ChildStates.refold(tx, List.of(decision.survivor()));
        Searches.lock(tx, List.of(decision.survivor()));
        boolean unheard = changes.isWorkedFor(tx, decision.other());
        Searches.merged(
                tx,
                decision.survivor(),
                decision.other(),
                pair.survivor().status().equals("DECEASED"),
                decision.at());
        events.publish(tx, RegistryEvents.merged(pair.survivor(), pair.other(), decision.at()));
        tellIfGone(tx, pair.survivor(), unheard);
        urgently.consider(tx, List.of(decision.survivor()));
        return pair;
    }

    /**
     * Whoever works for the other id hears of the child's death or emigration; whoever works for the child has heard.
     *
     * @param unheard whether anybody works for the other
     */
    private void tellIfGone(Connection tx, Children.Child child, boolean unheard) throws SQLException {
        if (!child.status().equals("RESIDENT")) {
            var gone = new TellChanges.Changed(
                    child.id(), child.version(), child.status(), child.districtCode(), child.statusOn());
            changes.tellAgain(tx, gone, unheard);
        }
    }

    /** The child that the id is an alias of; empty if it is none. */
    Optional<UUID> survivorOf(Connection tx, UUID alias) throws SQLException {
        return Optional.ofNullable(Aliases.of(tx, List.of(alias)).get(alias));
    }

    /** Splits; expects the lock and an alias. */
    Pair split(Connection tx, Decision decision) throws SQLException {
        execute(tx, decision, "DELETE FROM child_alias WHERE alias_id = :other AND child_id = :survivor");
        note(tx, decision, "SPLIT");
        var pair = next(tx, decision);
        var both = List.of(decision.survivor(), decision.other());
        ChildStates.refold(tx, both);
        Searches.lock(tx, both);
        Searches.split(tx, decision.survivor(), decision.other());
        events.publish(tx, RegistryEvents.split(pair.survivor(), pair.other(), decision.at()));
        urgently.consider(tx, both);
        return pair;
    }

    private Pair next(Connection tx, Decision decision) throws SQLException {
        var before = new Pair(kept(tx, decision.survivor()), kept(tx, decision.other()));
        ChildStates.lockHouseholds(
                tx, List.of(before.survivor().householdId(), before.other().householdId()));
        execute(tx, decision, "UPDATE child SET version = version + 1 WHERE id IN (:survivor, :other)");
        return new Pair(kept(tx, decision.survivor()), kept(tx, decision.other()));
    }

    private Children.Child kept(Connection tx, UUID id) {
        return children.kept(tx, id).orElseThrow();
    }

    private static boolean hasAliases(Connection tx, UUID child) {
        return Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM child_alias WHERE child_id = :child)")
                .bind("child", child)
                .mapTo(Boolean.class)
                .one();
    }

    /** Whether the register knows it by a resident number 주민등록번호; its lines say from then on what holds of the child. */
    private static boolean hasResidentNumber(Connection tx, UUID child) {
        return Sql.on(tx)
                .createQuery("SELECT EXISTS (SELECT 1 FROM child WHERE id = :child AND scheme = 'RRN')")
                .bind("child", child)
                .mapTo(Boolean.class)
                .one();
    }

    /** Two ids are of two children; nothing else changes. */
    void distinguish(Connection tx, Decision decision) {
        note(tx, decision, "NOT_SAME");
    }

    /** Whether it is a code, such as {@code SAME_IDENTIFIER}. */
    static boolean isReason(String reason) {
        return REASON.matcher(reason).matches();
    }

    private static void note(Connection tx, Decision decision, String kind) {
        Sql.on(tx)
                .createUpdate("INSERT INTO identity_decision (id, kind, child_id, other_id, reason, decided_by, "
                        + "decided_at) VALUES (:id, :kind, :survivor, :other, :reason, :by, :at)")
                .bind("id", EventIds.next())
                .bind("kind", kind)
                .bind("survivor", decision.survivor())
                .bind("other", decision.other())
                .bind("reason", decision.reason())
                .bind("by", decision.by())
                .bind("at", decision.at())
                .execute();
    }

    private static void execute(Connection tx, Decision decision, String sql) {
        Sql.on(tx)
                .createUpdate(sql)
                .bind("survivor", decision.survivor())
                .bind("other", decision.other())
                .execute();
    }
}
