package org.jikimi.screening.signal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jikimi.screening.batch.Rejection;
import org.jikimi.screening.signal.StoredSignals.Known;
import org.jspecify.annotations.Nullable;

/** A chunk on its way: what it changes and whom it touches. */
final class Change {
    /** The newest word of each signal. */
    final Map<String, Known> kept = new LinkedHashMap<>();
    /** What was said again of signals and says no more: of whom, or when, where that is not kept or newer. */
    final Map<String, Known> again = new LinkedHashMap<>();
    /** First words of signals that stand: they add to what is kept of a child. */
    final List<Known> first = new ArrayList<>();
    /** Children whose signals were corrected, cleared or taken back: all of theirs are read again. */
    final Set<UUID> children = new LinkedHashSet<>();
    /** The same of households. */
    final Set<UUID> households = new LinkedHashSet<>();

    final List<Rejection> rejections = new ArrayList<>();
    int duplicates;

    /** Keeps what was said of a signal, and knows whom that touches. */
    void keep(String signalId, Known said, @Nullable Known last) {
        if (last != null) {
            readAgain(last);
            readAgain(said);
        } else if (said.clearedOn() == null) {
            first.add(said);
        }
        kept.put(signalId, said);
        again.remove(signalId);
    }

    /**
     * Keeps of a word that says what is stored of whom it was told, if nobody knows, and that it is newer.
     *
     * @param isAwaited whether words may still be settled that are older
     */
    void sameAgain(String signalId, Known said, Known stored, boolean isAwaited) {
        boolean isNewer = isAwaited && said.isNewerThan(stored);
        if (!kept.containsKey(signalId) && (isNewer || (stored.toldOf() == null && said.toldOf() != null))) {
            again.put(
                    signalId,
                    new Known(
                            stored.bit(),
                            stored.childId(),
                            stored.householdId(),
                            stored.observedOn(),
                            stored.clearedOn(),
                            stored.toldOf() == null ? said.toldOf() : stored.toldOf(),
                            isNewer ? said.saidAt() : stored.saidAt()));
        }
    }

    private void readAgain(Known known) {
        if (known.childId() != null) {
            children.add(known.childId());
        } else if (known.householdId() != null) {
            households.add(known.householdId());
        }
    }
}
