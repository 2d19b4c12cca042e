package org.jikimi.cases.visit;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.util.List;
import java.util.UUID;

/** Who lives with a child, as far as a visit knows. */
@ApplicationScoped
public class Household {
    private final Visits visits;

    Household(Visits visits) {
        this.visits = visits;
    }

    /** The other children of the newest visit; none for a child who was never to be visited. */
    public List<UUID> siblingsOf(Connection tx, UUID childId) {
        return visits.newestOf(tx, childId).stream()
                .flatMap(visit -> visit.childIds().stream())
                .filter(child -> !child.equals(childId))
                .toList();
    }
}
