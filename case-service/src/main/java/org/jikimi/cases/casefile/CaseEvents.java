package org.jikimi.cases.casefile;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.contracts.cases.v1.CaseClosed;
import org.jikimi.contracts.cases.v1.CaseOpened;
import org.jikimi.contracts.cases.v1.CaseStatusChanged;
import org.jikimi.runtime.event.EventDraft;
import org.jspecify.annotations.Nullable;

/** Tells the platform of case files. */
final class CaseEvents {
    private CaseEvents() {}

    static EventDraft opened(CaseFile file) {
        return draft(
                file,
                new CaseOpened(
                        file.id(),
                        file.version(),
                        file.state().name(),
                        file.childId(),
                        file.districtCode(),
                        file.dongCode(),
                        file.investigationId(),
                        file.reopened(),
                        file.siblingIds(),
                        file.excludedAgencyIds(),
                        file.openedAt()),
                null);
    }

    /** Tells of a step; of the last one as the closing. */
    static EventDraft moved(CaseFile file, CaseState before, Instant at, @Nullable UUID causation) {
        if (file.state() == CaseState.CLOSED) {
            return draft(
                    file,
                    new CaseClosed(
                            file.id(),
                            file.version(),
                            file.state().name(),
                            file.childId(),
                            file.districtCode(),
                            Objects.requireNonNull(file.closeReason()).name(),
                            file.agencyId(),
                            file.watchUntil(),
                            at),
                    causation);
        }
        return draft(
                file,
                new CaseStatusChanged(
                        file.id(),
                        file.version(),
                        file.state().name(),
                        file.childId(),
                        file.districtCode(),
                        before.name(),
                        file.agencyId(),
                        at),
                causation);
    }

    private static EventDraft draft(CaseFile file, Record data, @Nullable UUID causation) {
        return new EventDraft(data, file.childId(), file.id(), file.districtCode(), file.correlation(), causation);
    }
}
