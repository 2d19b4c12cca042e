package org.jikimi.cases.casefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jikimi.cases.TestWorld;
import org.jikimi.cases.support.Ruling;
import org.junit.jupiter.api.Test;

/** The steps of a case file. */
class CaseFileTest {
    private static final Instant NOW = Instant.parse("2026-11-02T15:30:00Z");

    private final CaseFile open = CaseFile.opened(new OpenCase.Abuse(
            TestWorld.id(1), TestWorld.DISTRICT, null, TestWorld.id(2), List.of(), List.of(), TestWorld.id(3), NOW));
    private final CaseFile held = open.handedTo(TestWorld.id(4));

    @Test
    void aCaseGoesStepByStepFromAssessmentToClosing() {
        var served = moved(moved(held, CaseState.PLANNED), CaseState.IN_SERVICE);
        var followed = moved(served, CaseState.FOLLOW_UP);

        var closed = value(followed.movedTo(CaseState.CLOSED, CloseReason.GOALS_REACHED, false, NOW));

        assertThat(closed.state()).isEqualTo(CaseState.CLOSED);
        assertThat(closed.watchUntil()).isEqualTo(LocalDate.of(2027, 11, 3));
        assertThat(closed.version()).isEqualTo(6);
    }

    @Test
    void noStepIsSkipped() {
        assertThat(held.movedTo(CaseState.FOLLOW_UP, null, false, NOW))
                .isEqualTo(Ruling.broken(CaseRule.NEXT_STATE_NOT_ALLOWED));
    }

    @Test
    void assessmentBeginsByTheAcceptanceOfTheReferralAlone() {
        assertThat(open.movedTo(CaseState.ASSESSMENT, null, true, NOW))
                .isEqualTo(Ruling.broken(CaseRule.ASSESSMENT_NEEDS_AGENCY));
    }

    @Test
    void closingNeedsAReason() {
        assertThat(held.movedTo(CaseState.CLOSED, null, false, NOW))
                .isEqualTo(Ruling.broken(CaseRule.CLOSING_NEEDS_REASON));
        assertThat(held.movedTo(CaseState.PLANNED, CloseReason.GOALS_REACHED, false, NOW))
                .isEqualTo(Ruling.broken(CaseRule.CLOSING_NEEDS_REASON));
    }

    @Test
    void onlyASupervisorClosesByASupervisorsDecision() {
        assertThat(held.movedTo(CaseState.CLOSED, CloseReason.SUPERVISOR_DECISION, false, NOW))
                .isEqualTo(Ruling.broken(CaseRule.REASON_FOR_SUPERVISORS));
    }

    @Test
    void nothingIsWrittenIntoAClosedCase() {
        var closed = value(held.movedTo(CaseState.CLOSED, CloseReason.MOVED_AWAY, false, NOW));

        assertThat(closed.written()).isEqualTo(Ruling.broken(CaseRule.CASE_CLOSED));
    }

    private static CaseFile moved(CaseFile file, CaseState next) {
        return value(file.movedTo(next, null, false, NOW));
    }

    private static CaseFile value(Ruling<CaseFile> ruling) {
        return ((Ruling.Allowed<CaseFile>) ruling).value();
    }
}
