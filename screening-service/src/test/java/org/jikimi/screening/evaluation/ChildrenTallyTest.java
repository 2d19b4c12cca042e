package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.jikimi.screening.evaluation.EvaluationView.Calibration;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.outcome.KnownOutcome;
import org.junit.jupiter.api.Test;

class ChildrenTallyTest {
    private static final KnownOutcome IN_NEED = new KnownOutcome(true, true, false, false);
    private static final KnownOutcome SAFE = new KnownOutcome(true, false, false, false);
    private static final KnownOutcome REPORTED_AND_ABUSED = new KnownOutcome(true, true, true, true);
    private static final KnownOutcome ABUSED = new KnownOutcome(false, false, true, false);

    private static final Share UNTOLD = new Share(null, null, null, null, null, Absent.TOO_FEW_CHILDREN);

    private final PointsTally all = new PointsTally();
    private final ChildrenTally group = new ChildrenTally();

    private void add(int children, int points, KnownOutcome outcome) {
        for (int n = 0; n < children; n++) {
            group.add(points, outcome);
            elsewhere(1, points, outcome);
        }
    }

    private void elsewhere(int children, int points, KnownOutcome outcome) {
        for (int n = 0; n < children && outcome.visited(); n++) {
            all.add(points, outcome.need());
        }
    }

    private Group figures() {
        return group.group("district", "11350", all, ChildrenTally.FEWEST);
    }

    @Test
    void tenOfEachKindHaveAnAreaWithItsInterval() {
        add(10, 20, IN_NEED);
        add(5, 20, SAFE);
        add(5, 10, SAFE);

        var auc = figures().auc();

        // q1 0.6; q2 0.642857; standard error 0.111724
        assertThat(auc.value()).isEqualTo(0.75);
        assertThat(auc.low()).isEqualTo(0.531026, within(1e-6));
        assertThat(auc.high()).isEqualTo(0.968974, within(1e-6));
        assertThat(auc.absent()).isNull();
    }

    @Test
    void withOneLessItSaysOfWhichKindThereAreTooFew() {
        add(9, 20, IN_NEED);
        add(10, 10, SAFE);
        assertThat(figures().auc()).isEqualTo(new Auc(null, null, null, null, null, Absent.TOO_FEW_POSITIVES));
        add(1, 20, IN_NEED);
        assertThat(figures().auc().value()).isEqualTo(1);

        var mostlyInNeed = new ChildrenTally();
        for (int n = 0; n < 30; n++) {
            mostlyInNeed.add(20, n < 9 ? SAFE : IN_NEED);
        }
        assertThat(mostlyInNeed.group("age", "0-2", all, ChildrenTally.FEWEST).auc())
                .isEqualTo(new Auc(null, null, null, null, null, Absent.TOO_FEW_NEGATIVES));
    }

    @Test
    void ofAbuseTheAreaRestsOnTheUnvisitedToo() {
        add(10, 30, ABUSED);
        for (int n = 0; n < 40; n++) {
            group.add(n % 2 == 0 ? 30 : 0, null);
        }

        assertThat(figures().aucOfAbuse())
                .extracting(Auc::value, Auc::positives, Auc::negatives)
                .containsExactly(0.75, 10, 40);
        assertThat(figures().auc().absent()).isEqualTo(Absent.TOO_FEW_POSITIVES);
    }

    @Test
    void whatIsExpectedIsHowOftenNeedIsWithTheSameBandElsewhere() {
        add(8, 25, IN_NEED);
        add(2, 29, SAFE);
        add(4, 3, SAFE);
        elsewhere(10, 20, SAFE); // so of 20 to 29 points 8 of 20 are in need
        elsewhere(6, 0, IN_NEED); // and of 0 to 9 points 6 of 10

        var calibration = figures().calibration();

        assertThat(calibration.inNeed()).isEqualTo(Share.of(8, 14));
        assertThat(calibration.expected()).isEqualTo((10 * 0.4 + 4 * 0.6) / 14, within(1e-12));
        assertThat(calibration.absent()).isNull();
    }

    @Test
    void ofFewerThanTenVisitedNothingIsExpected() {
        add(9, 25, IN_NEED);
        assertThat(figures().calibration()).isEqualTo(new Calibration(UNTOLD, null, Absent.TOO_FEW_VISITED));
        add(1, 25, IN_NEED);
        assertThat(figures().calibration()).isEqualTo(new Calibration(Share.of(10, 10), 1.0, null));
    }

    @Test
    void aShareOfNineChildrenIsNotToldAndOneOfTenIs() {
        for (int n = 0; n < 9; n++) {
            add(1, 20, REPORTED_AND_ABUSED);
            group.addFlagged(REPORTED_AND_ABUSED, true);
        }
        assertThat(figures())
                .extracting(Group::flagged, Group::precision, Group::recall, Group::recallOfReported)
                .containsOnly(UNTOLD);

        add(1, 20, REPORTED_AND_ABUSED);
        group.addFlagged(REPORTED_AND_ABUSED, true);
        assertThat(figures())
                .extracting(Group::flagged, Group::precision, Group::recall, Group::recallOfReported)
                .containsOnly(Share.of(10, 10));
    }

    @Test
    void theAbusedAreNotCountedInALargeGroupEither() {
        add(3, 30, ABUSED);
        for (int n = 0; n < 500; n++) {
            group.add(10, null);
        }

        assertThat(figures().recall()).isEqualTo(UNTOLD);
        assertThat(figures().aucOfAbuse()).isEqualTo(new Auc(null, null, null, null, null, Absent.TOO_FEW_POSITIVES));
        assertThat(figures().flagged()).isEqualTo(Share.of(0, 503));
        assertThat(figures().recallOfReported()).as("nobody was").isEqualTo(Share.of(0, 0));
    }
}
