package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jikimi.screening.signal.StoredSignals.Known;

/**
 * Brings the states of children up to what a chunk of signals has changed. First words, which most are, are added to what
 * is kept; only where a signal was corrected or cleared are all signals of the child read again.
 */
final class Fold {
    private final Map<UUID, List<UUID>> homes;
    private final Map<UUID, UUID> aliases;
    private final Map<UUID, ChildState> before = new HashMap<>();

    private Fold(Map<UUID, List<UUID>> homes, Map<UUID, UUID> aliases) {
        this.homes = homes;
        this.aliases = aliases;
    }

    /** Folds signals that are stored in this transaction. */
    static Fold of(Connection tx, Change change) throws SQLException {
        var households = new HashSet<>(change.households);
        for (var known : change.first) {
            if (known.householdId() != null) {
                households.add(known.householdId());
            }
        }
        ChildStates.lockHouseholds(tx, households);
        var homes = ChildStates.childrenOf(tx, households);
        var children = new HashSet<>(change.children);
        homes.values().forEach(children::addAll);
        change.kept.values().stream()
                .map(Known::childId)
                .filter(Objects::nonNull)
                .forEach(children::add);
        var fold = new Fold(homes, Aliases.of(tx, children));
        fold.states(tx, change);
        return fold;
    }

    private void states(Connection tx, Change change) throws SQLException {
        var again = new HashSet<UUID>();
        change.children.forEach(child -> again.add(surviving(child)));
        change.households.forEach(home -> again.addAll(childrenOf(home)));
        var sums = added(change, again);
        var touched = new ArrayList<>(again);
        touched.addAll(sums.keySet());
        var states = ChildStates.lock(tx, touched);
        sums.replaceAll(
                (child, news) -> states.getOrDefault(child, ChildState.NOTHING).and(news));
        sums.entrySet().removeIf(sum -> sum.getValue().equals(states.get(sum.getKey())));
        ChildStates.keep(tx, sums);
        ChildStates.refold(tx, again);
        again.forEach(child -> before.put(child, states.getOrDefault(child, ChildState.NOTHING)));
        sums.keySet().forEach(child -> before.put(child, states.getOrDefault(child, ChildState.NOTHING)));
    }

    /** What first words tell of children who are not read again anyway. */
    private Map<UUID, ChildState> added(Change change, Set<UUID> again) {
        var added = new HashMap<UUID, ChildState>();
        for (var known : change.first) {
            short day = ChildState.day(known.observedOn());
            for (var child : whom(known)) {
                if (!again.contains(child)) {
                    var before = added.getOrDefault(child, ChildState.NOTHING);
                    added.put(child, before.and(known.bit(), day));
                }
            }
        }
        return added;
    }

    /** The children whom a signal of this chunk is about. */
    Collection<UUID> whom(Known known) {
        if (known.childId() != null) {
            return List.of(surviving(known.childId()));
        }
        var household = known.householdId();
        return household == null ? List.of() : childrenOf(household);
    }

    private List<UUID> childrenOf(UUID household) {
        return homes.getOrDefault(household, List.of()).stream()
                .map(this::surviving)
                .distinct()
                .toList();
    }

    private UUID surviving(UUID child) {
        return aliases.getOrDefault(child, child);
    }

    /** The children whose states may be others now, and what they were before. */
    Map<UUID, ChildState> before() {
        return before;
    }
}
