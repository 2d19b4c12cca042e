package org.jikimi.screening.round;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.ProgrammeResource.ProgrammeView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which rounds are due, seen on the first of October. */
class CalendarTest {
    private static final List<String> ALL_WITH_A_CALENDAR =
            List.of("QUARTERLY_SCREENING", "AGE_THREE_SURVEY", "JOINT_INSPECTION", "TEMPORARY_NUMBER_SURVEY");

    private World world;
    private RunRound run;

    @BeforeEach
    void nothingIsPlanned() {
        world = new World();
        run = new RunRound(world);
    }

    @Test
    void aProgrammeIsDueUntilItsPeriodHasARound() throws Exception {
        assertThat(due(World.TODAY)).isEqualTo(ALL_WITH_A_CALENDAR);

        var survey = run.plan(Programme.AGE_THREE_SURVEY, World.TODAY);

        assertThat(due(World.TODAY))
                .containsExactly("QUARTERLY_SCREENING", "JOINT_INSPECTION", "TEMPORARY_NUMBER_SURVEY");
        assertThat(calendar(World.TODAY).get(1).round())
                .isNotNull()
                .satisfies(round -> assertThat(round.id()).isEqualTo(survey));
        for (var other :
                List.of(Programme.QUARTERLY_SCREENING, Programme.JOINT_INSPECTION, Programme.TEMPORARY_NUMBER_SURVEY)) {
            run.plan(other, World.TODAY);
        }
        assertThat(due(World.TODAY)).isEmpty();
    }

    @Test
    void theRoundOfAnotherPeriodLeavesItDue() throws Exception {
        run.plan(Programme.QUARTERLY_SCREENING, LocalDate.of(2026, 9, 30));
        run.plan(Programme.TEMPORARY_NUMBER_SURVEY, LocalDate.of(2026, 6, 30));

        assertThat(due(World.TODAY)).isEqualTo(ALL_WITH_A_CALENDAR);
        assertThat(due(LocalDate.of(2026, 9, 29)))
                .as("a day before October")
                .containsExactly("JOINT_INSPECTION", "TEMPORARY_NUMBER_SURVEY");
    }

    @Test
    void theNextPeriodIsDueAgain() throws Exception {
        for (var programme : Programme.values()) {
            run.plan(programme, World.TODAY);
        }

        assertThat(due(LocalDate.of(2026, 12, 31))).isEmpty();
        assertThat(due(LocalDate.of(2027, 1, 1)))
                .containsExactly("QUARTERLY_SCREENING", "JOINT_INSPECTION", "TEMPORARY_NUMBER_SURVEY");
    }

    @Test
    void aRoundThatWasGivenUpLeavesItDue() throws Exception {
        var id = run.plan(Programme.AGE_THREE_SURVEY, World.TODAY);

        run.cancel(id);

        assertThat(due(World.TODAY)).isEqualTo(ALL_WITH_A_CALENDAR);
    }

    private List<String> due(LocalDate day) throws SQLException {
        return calendar(day).stream()
                .filter(ProgrammeView::due)
                .map(ProgrammeView::code)
                .toList();
    }

    private List<ProgrammeView> calendar(LocalDate day) throws SQLException {
        return world.transactions.run(tx -> ProgrammeResource.calendar(tx, day)).items();
    }
}
