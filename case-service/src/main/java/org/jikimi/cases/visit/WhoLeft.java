package org.jikimi.cases.visit;

import java.sql.Connection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jikimi.cases.register.RegisterState;
import org.jikimi.cases.register.RegisterStates;

/** Children who have died or emigrated, as the register says: what stands of them if no officer found otherwise. */
final class WhoLeft {
    private static final RegisterStates STATES = new RegisterStates();

    private WhoLeft() {}

    static Map<UUID, ChildResult> among(Connection tx, List<UUID> children) {
        var results = new HashMap<UUID, ChildResult>();
        STATES.gone(tx, children).forEach((child, state) -> results.put(child, result(state)));
        return results;
    }

    private static ChildResult result(RegisterState state) {
        return ChildResult.ofOneWhoWasNotVisited(
                switch (state) {
                    case DECEASED -> VisitOutcome.DECEASED;
                    case EMIGRATED -> VisitOutcome.ABROAD;
                    case RESIDENT -> throw new IllegalArgumentException("who lives here is visited");
                });
    }
}
