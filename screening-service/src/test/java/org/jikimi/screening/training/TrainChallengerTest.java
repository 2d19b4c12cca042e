package org.jikimi.screening.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.training.TrainChallenger.Result.Proposed;
import org.jikimi.screening.training.TrainChallenger.Result.Refused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrainChallengerTest {
    private VisitedRound round;

    @BeforeEach
    void aRoundWhoseChildrenWereVisited() throws Exception {
        round = new VisitedRound();
    }

    private Proposed learn(String version) throws SQLException {
        return (Proposed) round.train(version, 1, round.id);
    }

    private Refused refused(String version, UUID... rounds) throws SQLException {
        return (Refused) round.train(version, 1, rounds);
    }

    private static ScorecardDocument.Weight weight(ScorecardDocument scorecard, String code) {
        return scorecard.indicators().stream()
                .filter(weight -> weight.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWentWithNeedGivesPointsAndDecliningHelpNone() throws Exception {
        var scorecard = learn("learned-1").scorecard();

        assertThat(weight(scorecard, "DOMESTIC_VIOLENCE_DISPATCH").points()).isBetween(25, 45);
        assertThat(weight(scorecard, "DOMESTIC_VIOLENCE_DISPATCH").source())
                .startsWith("learned: 112 of 160 visited children with it were in need; odds ratio ");
        assertThat(weight(scorecard, "REPEATED_VISIT_REFUSAL").points()).isZero();
        assertThat(weight(scorecard, "MISSED_VACCINATION").points()).isLessThanOrEqualTo(1);
        assertThat(weight(scorecard, "SUSPECTED_ABUSE_MEDICAL_RECORD").source()).contains("no visited child had it");
        assertThat(scorecard.fault()).isEmpty();
    }

    @Test
    void theVersionStandsProposedWithWhatItWasLearnedFrom() throws Exception {
        var training = learn("learned-1").training();

        var kept = round.world.transactions.run(tx -> new Trainings().find(tx, "learned-1"));
        var model = round.world.transactions.run(tx -> new Models().find(tx, "learned-1"));
        assertThat(kept).contains(training);
        assertThat(model).hasValueSatisfying(proposed -> {
            assertThat(proposed.state()).isEqualTo("PROPOSED");
            assertThat(proposed.proposedBy()).isEqualTo("analyst");
        });
        assertThat(training.rounds()).containsExactly(round.id);
        assertThat(training.children()).isEqualTo(VisitedRound.CHILDREN);
        assertThat(training.positives()).isEqualTo(144);
        assertThat(training.library()).startsWith("de.bwaldvogel:liblinear 2.");
        assertThat(training.oddsWithoutPoints()).isBetween(0.05, 0.4);
        assertThat(training.champion()).isEqualTo("expert-2");
        var written = round.world.transactions.run(tx -> new Trainings().find(tx, "expert-2"));
        assertThat(written).isEmpty();
    }

    @Test
    void theSameOutcomesGiveTheSamePoints() throws Exception {
        var once = learn("learned-1").scorecard();
        round.world.execute("CREATE TABLE again AS SELECT * FROM round_child ORDER BY random()");
        round.world.execute("TRUNCATE round_child");
        round.world.execute("INSERT INTO round_child SELECT * FROM again");

        var again = learn("learned-2").scorecard();

        assertThat(again)
                .usingRecursiveComparison()
                .ignoringFields("version", "nameEn", "nameKo")
                .isEqualTo(once);
    }

    @Test
    void aChildFoundSafeWhoseAbuseWasDeterminedLaterWasInNeed() throws Exception {
        var safe = round.visited("SAFE");
        round.determined(safe.getFirst(), "ABUSE");
        round.determined(safe.getLast(), "UNFOUNDED");

        assertThat(learn("learned-1").training().positives()).isEqualTo(145);
    }

    @Test
    void whereTooFewWereFoundInNeedOrSafeNothingIsProposed() throws Exception {
        round.world.execute("UPDATE visit_result SET outcome = 'UNLOCATED' WHERE child_id IN ("
                + "SELECT child_id FROM visit_result WHERE outcome = 'WELFARE_NEED' ORDER BY child_id LIMIT 95)");

        var problem = refused("learned-1", round.id).problem();

        assertThat(problem.code()).isEqualTo("too-few-outcomes");
        assertThat(problem.extra()).isEqualTo(Map.of("inNeed", 49, "others", 176, "fewestOfEach", 50));
        round.world.execute("UPDATE visit_result SET outcome = 'SUSPECTED_ABUSE'");
        assertThat(refused("learned-1", round.id).problem().extra()).containsEntry("others", 0);
        assertThat(round.world.query("SELECT version FROM model")).containsExactly("expert-2");
    }

    @Test
    void whereNothingRaisesTheOddsNothingIsProposed() throws Exception {
        round.world.execute(
                "UPDATE visit_result SET outcome = CASE outcome WHEN 'SAFE' THEN 'WELFARE_NEED' ELSE 'SAFE' END");

        assertThat(((Refused) round.train("learned-1", 1e-4, round.id))
                        .problem()
                        .code())
                .isEqualTo("nothing-learned");
    }

    @Test
    void aRoundNobodyKnowsOrNobodyHasVisitedOrANameThatIsTakenIsRefused() throws Exception {
        var unknown = UUID.randomUUID();
        var unvisited = round.run.screened(Programme.AGE_THREE_SURVEY, World.TODAY);

        assertThat(refused("learned-1", unknown).problem().extra())
                .containsEntry("field", "rounds")
                .containsEntry("round", unknown);
        assertThat(refused("learned-1", round.id, unvisited).problem().code()).isEqualTo("round-state");
        assertThat(refused("expert-2", round.id).problem().code()).isEqualTo("model-version-taken");
    }
}
