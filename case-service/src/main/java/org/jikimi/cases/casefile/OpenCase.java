package org.jikimi.cases.casefile;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.identity.Aliases;
import org.jikimi.cases.timeline.Chronicle;
import org.jspecify.annotations.Nullable;

/**
 * Opens the case file of a child found to be abused. A child has one: if it is over, it is opened again; if somebody
 * works on it, that goes on; so it is with a file of an id that proved to be the same child.
 */
@ApplicationScoped
public class OpenCase {
    private final CaseFiles files = new CaseFiles();
    private final Aliases aliases = new Aliases();
    private final Chronicle chronicle;

    OpenCase(Chronicle chronicle) {
        this.chronicle = chronicle;
    }

    /**
     * What was found.
     *
     * @param siblingIds the other children of the household, as far as they are known
     * @param correlation the flag or report that began it all
     */
    public record Abuse(
            UUID childId,
            String districtCode,
            @Nullable String dongCode,
            UUID investigationId,
            List<UUID> siblingIds,
            List<UUID> excludedAgencyIds,
            UUID correlation,
            Instant at) {}

    /** Opens it, under the locks of all ids of the child. */
    public void open(Connection tx, Abuse abuse) throws SQLException {
        aliases.lock(tx, abuse.childId());
        var known = files.ofChild(tx, abuse.childId());
        if (known.isEmpty()) {
            var file = CaseFile.opened(abuse);
            files.insert(tx, file);
            chronicle.tell(tx, CaseEvents.opened(file));
        } else if (known.stream().allMatch(CaseFile::isOver)) {
            var file = known.getLast().openedAgain(abuse);
            files.update(tx, file);
            chronicle.tell(tx, CaseEvents.opened(file));
        }
    }
}
