package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jikimi.screening.World;
import org.jikimi.screening.evaluation.EvaluationView.Calibration;
import org.jikimi.screening.evaluation.EvaluationView.Group;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.round.ReplayRound;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A round of 84 visited children, half of whom have 20 points for a power cut-off and half none. In 11110 live 40 of six
 * years and more, of whom with 20 points 16 were in need, without 4. In 11350 live 40 younger ones, of whom 15 were in need
 * with points and 15 without. In 11140 live 4 of unknown age with their grandparents, of whom the 2 with points were.
 */
class CalibrationByGroupTest {
    private static final Share UNTOLD = new Share(null, null, null, null, null, Absent.TOO_FEW_CHILDREN);

    private static final ScorecardDocument POWER = new ScorecardDocument(
            "power-1",
            null,
            null,
            null,
            20,
            1_000,
            5,
            List.of(new Weight("POWER_CUTOFF", 20, null)),
            List.of(),
            List.of(),
            List.of());

    private World world;

    @BeforeEach
    void aVisitedRound() throws SQLException {
        world = new World();
        world.execute("""
                INSERT INTO round (id, version, programme, as_of, state, model_version, children, planned_at, opened_at,
                                   screened_at, closed_at)
                VALUES (uuidv7(), 1, 'QUARTERLY_SCREENING', '2026-10-01', 'CLOSED', 'expert-2', 84, '2026-10-01',
                        '2026-10-01', '2026-10-01', '2026-12-01');
                CREATE TEMPORARY TABLE lives (district text, born date, family text, count int, high int, low int);
                INSERT INTO lives VALUES ('11110', '2016-05-01', 'TWO_PARENT', 40, 16, 4),
                                         ('11350', '2022-05-01', 'TWO_PARENT', 40, 15, 15),
                                         ('11140', NULL, 'GRANDPARENT', 4, 2, 0);
                INSERT INTO round_child (round_id, child_id, household_id, birth_date, family_type, district_code, dong_code,
                                         care, mask, observed, open_work, reports, refused)
                SELECT r.id, uuidv7(), gen_random_uuid(), born, family, district, district || '53000', 'HOME',
                       n % 2 * (1 << 13), CASE n % 2 WHEN 1 THEN '{9740}' ELSE '{}' END::smallint[], false, 0, false
                FROM round r, lives, generate_series(1, count) AS n;
                INSERT INTO flag (id, version, state, child_id, household_id, district_code, dong_code, round_id, score,
                                  reasons, rank, urgent, model_version, as_of, flagged_at)
                SELECT gen_random_uuid(), 1, 'VISITED', child_id, household_id, district_code, dong_code, round_id, 20, '',
                       1, false, 'expert-2', '2026-10-01', '2026-10-01'
                FROM round_child;
                INSERT INTO visit_result (visit_id, child_id, version, flag_id, outcome, seen, completed_at)
                SELECT gen_random_uuid(), f.child_id, 1, f.id,
                       CASE WHEN row_number() OVER (PARTITION BY f.district_code, c.mask)
                                 <= CASE c.mask WHEN 0 THEN low ELSE high END
                            THEN 'WELFARE_NEED' ELSE 'SAFE' END, true, '2026-10-20'
                FROM flag f JOIN round_child c USING (round_id, child_id) JOIN lives ON district = f.district_code""");
    }

    private List<Group> groups(String by) throws SQLException {
        var evaluation = world.transactions.run(tx -> EvaluateModel.evaluate(
                tx, POWER, ReplayRound.find(tx, Optional.empty()).orElseThrow()));
        return evaluation.disparity().stream()
                .filter(group -> group.by().equals(by))
                .toList();
    }

    @Test
    void itTellsForWhichDistrictPointsTellNothing() throws SQLException {
        var districts = groups("district");

        assertThat(districts).extracting(Group::value).containsExactly("11110", "11140", "11350");
        assertThat(districts).extracting(group -> group.auc().value()).containsExactly(0.8, null, 0.5);
        assertThat(districts.getFirst().auc().low()).isEqualTo(0.660795, within(1e-6));
        assertThat(districts.getFirst().auc().high()).isEqualTo(0.939205, within(1e-6));
        assertThat(districts.get(1).auc()).isEqualTo(new Auc(null, null, null, null, null, Absent.TOO_FEW_POSITIVES));
    }

    @Test
    void itTellsWhichAgeIsGivenTooFewPoints() throws SQLException {
        var ages = groups("age");

        assertThat(ages)
                .extracting(Group::value, age -> age.calibration().inNeed())
                .containsExactly(
                        tuple("3-5", Share.of(30, 40)), tuple("6-11", Share.of(20, 40)), tuple("unknown", UNTOLD));
        double expected = (33 / 42.0 + 19 / 42.0) / 2;
        assertThat(ages.getFirst().calibration().expected()).isEqualTo(expected, within(1e-12));
        assertThat(ages.get(1).calibration().expected()).isEqualTo(expected, within(1e-12));
        assertThat(ages.getLast().calibration()).isEqualTo(new Calibration(UNTOLD, null, Absent.TOO_FEW_VISITED));
    }

    @Test
    void ofAGroupOfAFewChildrenNotEvenACountIsTold() throws SQLException {
        for (var few : List.of(
                groups("district").get(1),
                groups("age").getLast(),
                groups("familyType").getFirst())) {
            assertThat(new ObjectMapper().valueToTree(few).toString())
                    .as(few.value())
                    .doesNotContainPattern(":[1-9]")
                    .contains("\"absent\":\"TOO_FEW_CHILDREN\"");
        }
    }

    @Test
    void aFamilyTypeOfAFewChildrenHasNoFigureOfItsOwn() throws SQLException {
        var types = groups("familyType");

        assertThat(types).extracting(Group::value).containsExactly("GRANDPARENT", "TWO_PARENT");
        assertThat(types).extracting(group -> group.auc().absent()).containsExactly(Absent.TOO_FEW_POSITIVES, null);
        assertThat(types.getLast().auc().value()).isEqualTo(0.66, within(1e-12));
    }
}
