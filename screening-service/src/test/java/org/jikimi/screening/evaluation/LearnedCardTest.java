package org.jikimi.screening.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jikimi.screening.World;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.model.ScorecardDocument.Weight;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.round.ReplayRound;
import org.jikimi.screening.round.RunRound;
import org.jikimi.screening.training.Training;
import org.junit.jupiter.api.Test;

class LearnedCardTest {
    private static final ScorecardDocument LEARNED = new ScorecardDocument(
            "learned-1",
            null,
            null,
            null,
            20,
            70,
            5,
            List.of(
                    new Weight("POWER_CUTOFF", 7, "learned: 40 of 60 visited children with it were in need"),
                    new Weight("WATER_CUTOFF", 3, "expert judgement")),
            List.of(),
            List.of(),
            List.of());

    private static Training training(UUID round) {
        return new Training(List.of(round), 320, 144, 1, 1, "some library", 10, 0.2, "expert-2", round, 50, 51);
    }

    @Test
    void theCardOfALearnedVersionTellsFromWhatAndThatItHasSeenTheRoundItIsJudgedOn() throws Exception {
        var world = new World();
        var round = new RunRound(world).screened(Programme.QUARTERLY_SCREENING, World.TODAY);
        var evaluation = world.transactions.run(tx -> EvaluateModel.evaluate(
                tx, LEARNED, ReplayRound.find(tx, Optional.empty()).orElseThrow()));
        var model = new Models.Model(LEARNED, "PROPOSED", "analyst", Instant.EPOCH, null, null, null);

        var card = ModelCard.of(model, training(round), evaluation);
        var onAnother = ModelCard.of(model, training(UUID.randomUUID()), evaluation);

        assertThat(card.training()).isEqualTo(training(round));
        assertThat(card.resting()).isEqualTo(new ModelCard.Resting(0, 1, 1));
        assertThat(card.limits())
                .extracting(ModelCard.Text::en)
                .anyMatch(limit -> limit.contains("better than it will"));
        assertThat(onAnother.limits()).hasSize(card.limits().size() - 1);
        assertThat(onAnother.limits())
                .extracting(ModelCard.Text::en)
                .anyMatch(limit -> limit.contains("learned from visited"));
        assertThat(ModelCard.of(model, null, evaluation).limits())
                .hasSize(card.limits().size() - 2);
    }
}
