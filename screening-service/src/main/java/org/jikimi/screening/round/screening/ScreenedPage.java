package org.jikimi.screening.round.screening;

import java.util.List;
import java.util.UUID;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.round.selection.Linked;

/**
 * What a screening comes to in some dongs.
 *
 * @param flags of each dong in the order of their ranks, those of the backlog too
 * @param linked children for whom somebody works already
 */
record ScreenedPage(List<Flag> flags, List<Linked> linked) {
    List<Flag> selected() {
        return flags.stream().filter(flag -> flag.state().equals(Flag.FLAGGED)).toList();
    }

    List<UUID> households() {
        return selected().stream().map(Flag::householdId).distinct().toList();
    }
}
