package org.jikimi.screening.registry;

import java.time.Instant;
import org.jikimi.contracts.screening.v1.ChildIdentityMerged;
import org.jikimi.contracts.screening.v1.ChildIdentitySplit;
import org.jikimi.contracts.screening.v1.ChildMoved;
import org.jikimi.contracts.screening.v1.ChildStatusChanged;
import org.jikimi.runtime.event.EventDraft;

/** The registry as others hear of it. What is told of a child begins the child's own story. */
final class RegistryEvents {
    private RegistryEvents() {}

    static EventDraft moved(TellChanges.Moved move, boolean openWork, Instant at) {
        var child = move.childId();
        var data = new ChildMoved(
                child,
                move.version(),
                move.state(),
                move.to().districtCode(),
                move.to().dongCode(),
                move.from().districtCode(),
                move.from().dongCode(),
                move.householdId(),
                openWork,
                at);
        return new EventDraft(data, child, child, move.to().districtCode(), child, null);
    }

    /**
     * A change of the register's state.
     *
     * @param again whether it is a death that was told before
     * @param ofAlias whether the id is of another child now
     */
    static EventDraft changed(
            TellChanges.Changed change, boolean openWork, boolean again, boolean ofAlias, Instant at) {
        var child = change.childId();
        var data = new ChildStatusChanged(
                child,
                change.version(),
                change.state(),
                change.districtCode(),
                change.statusOn(),
                openWork,
                at,
                again ? true : null,
                ofAlias ? true : null);
        return new EventDraft(data, child, child, change.districtCode(), child, null);
    }

    static EventDraft merged(Children.Child survivor, Children.Child other, Instant at) {
        return ofIdentity(
                survivor,
                new ChildIdentityMerged(
                        survivor.id(),
                        survivor.version(),
                        survivor.status(),
                        survivor.districtCode(),
                        other.id(),
                        other.version(),
                        survivor.dongCode(),
                        survivor.householdId(),
                        other.districtCode(),
                        other.dongCode(),
                        at));
    }

    static EventDraft split(Children.Child survivor, Children.Child other, Instant at) {
        return ofIdentity(
                survivor,
                new ChildIdentitySplit(
                        survivor.id(),
                        survivor.version(),
                        survivor.status(),
                        survivor.districtCode(),
                        other.id(),
                        other.version(),
                        survivor.dongCode(),
                        other.householdId(),
                        other.districtCode(),
                        other.dongCode(),
                        at));
    }

    private static EventDraft ofIdentity(Children.Child survivor, Record data) {
        return new EventDraft(data, survivor.id(), survivor.id(), survivor.districtCode(), survivor.id(), null);
    }
}
