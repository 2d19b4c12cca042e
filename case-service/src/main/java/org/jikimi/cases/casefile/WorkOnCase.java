package org.jikimi.cases.casefile;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.cases.support.Ruling;
import org.jikimi.cases.timeline.Chronicle;
import org.jikimi.cases.timeline.Happening;
import org.jspecify.annotations.Nullable;

/** Carries a case on, from one state to the next, and writes into its file. */
@ApplicationScoped
class WorkOnCase {
    private final CaseFiles files = new CaseFiles();
    private final CaseEntries entries;
    private final Chronicle chronicle;

    WorkOnCase(CaseEntries entries, Chronicle chronicle) {
        this.entries = entries;
        this.chronicle = chronicle;
    }

    Optional<CaseFile> lock(Connection tx, UUID id) throws SQLException {
        return files.lock(tx, id);
    }

    /** Expects a locked case. */
    Ruling<CaseFile> move(
            Connection tx,
            CaseFile file,
            CaseState next,
            @Nullable CloseReason reason,
            boolean bySupervisor,
            Instant at)
            throws SQLException {
        var ruling = file.movedTo(next, reason, bySupervisor, at);
        if (ruling instanceof Ruling.Allowed<CaseFile>(var moved)) {
            files.update(tx, moved);
            chronicle.tell(tx, CaseEvents.moved(moved, file.state(), at, null));
        }
        return ruling;
    }

    /** Writes into it. Expects a locked case. */
    Ruling<CaseFile> write(Connection tx, CaseFile file, CaseEntry entry) throws SQLException {
        var ruling = file.written();
        if (ruling instanceof Ruling.Allowed<CaseFile>(var written)) {
            files.update(tx, written);
            entries.insert(tx, written.childId(), entry);
            chronicle.note(
                    tx,
                    new Happening(
                            written.childId(),
                            entry.writtenAt(),
                            "case",
                            "CaseEntry",
                            written.id(),
                            written.state().name(),
                            entry.kind().name(),
                            written.correlation()));
        }
        return ruling;
    }
}
