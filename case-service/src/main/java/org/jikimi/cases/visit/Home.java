package org.jikimi.cases.visit;

import java.util.UUID;
import org.jikimi.cases.move.Move;
import org.jikimi.cases.support.Place;

/** A household and where it lives. */
record Home(UUID householdId, Place place) {
    /** Where a move leads. */
    static Home after(Move move) {
        return new Home(move.householdId(), move.to());
    }
}
