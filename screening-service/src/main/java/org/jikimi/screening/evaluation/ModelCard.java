package org.jikimi.screening.evaluation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jikimi.screening.model.Models.Model;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.training.Training;
import org.jspecify.annotations.Nullable;

/**
 * What whoever relies on a version of the scorecard should know of it (모델 카드): what it is for and not for, what it
 * counts and why, how it did, and what it cannot tell. After Mitchell et al. 2019, "Model Cards for Model Reporting",
 * doi:10.1145/3287560.3287596.
 *
 * @param state {@code PROPOSED}, {@code ACTIVE} or {@code RETIRED}
 * @param proposedBy principal; who activates is another
 * @param purpose what a score decides
 * @param notFor what it must not decide
 * @param never what no version may count
 * @param weights all that counts, most points first
 * @param resting how many weights rest on a study, on outcomes, and on judgement alone
 * @param training from what it was learned; null for one that people wrote
 * @param evaluation on the newest screened quarterly round, or the one asked for; null before there is one
 * @param limits what the figures do not say
 */
public record ModelCard(
        String version,
        @Nullable String nameEn,
        @Nullable String nameKo,
        String state,
        String proposedBy,
        Instant proposedAt,
        @Nullable String activatedBy,
        @Nullable Instant activatedAt,
        @Nullable String source,
        List<Text> purpose,
        List<Text> notFor,
        List<Text> never,
        int threshold,
        int urgentThreshold,
        List<Counted> weights,
        Resting resting,
        @Nullable Training training,
        @Nullable EvaluationView evaluation,
        List<Text> limits) {
    private static final String STUDY = "doi:";
    private static final String LEARNED = "learned";

    private static final List<Text> PURPOSE = List.of(new Text(
            "Chooses which children an officer visits first. A person decides everything that follows.",
            "담당 공무원이 먼저 방문할 아동을 고릅니다. 이후의 모든 결정은 사람이 합니다."));
    private static final List<Text> NOT_FOR = List.of(
            new Text("It is no evidence of abuse and no ground for a measure.", "학대의 증거나 조치의 근거가 아닙니다."),
            new Text("It must not decide on benefits.", "급여 결정에 쓰지 않습니다."));
    private static final List<Text> NEVER =
            List.of(new Text("nationality", "국적"), new Text("ethnicity", "민족"), new Text("religion", "종교"));
    private static final List<Text> LIMITS = List.of(
            new Text(
                    "Need is known of visited children alone, and the model of that round chose them.",
                    "욕구는 방문한 아동에 대해서만 알 수 있고, 그 아동은 해당 차수의 모형이 골랐습니다."),
            new Text(
                    "Recall counts abuse that was determined, or reported; abuse that nobody found is in no figure.",
                    "재현율은 판단되거나 신고된 학대만 셉니다. 아무도 발견하지 못한 학대는 어느 수치에도 없습니다."),
            new Text(
                    "Who receives benefits or is in arrears is seen more than who is not: read the disparity.",
                    "급여를 받거나 체납한 가정이 더 많이 보입니다. 격차를 함께 보십시오."));

    private static final Text LEARNED_FROM_VISITED = new Text(
            "It was learned from visited children alone, whom the models of those rounds chose.",
            "학습에는 방문한 아동만 쓰였고, 그 아동은 당시 차수의 모형이 골랐습니다.");
    private static final Text SEEN_BEFORE = new Text(
            "It was learned from the round it is evaluated on here, and looks better than it will do: name a later one.",
            "학습에 쓰인 차수로 평가하여 실제보다 좋게 보입니다. 이후의 차수로 평가하십시오.");

    /** The same in both languages. */
    public record Text(String en, String ko) {}

    /**
     * Something that gives points.
     *
     * @param kind {@code indicator}, {@code age}, {@code familyType} or {@code region}
     */
    public record Counted(
            String kind,
            String code,
            @Nullable String nameEn,
            @Nullable String nameKo,
            int points,
            @Nullable String source) {}

    /** How many weights name a study, how many were learned, and how many are expert judgement alone. */
    public record Resting(int onAStudy, int onOutcomes, int onJudgement) {}

    public ModelCard {
        purpose = List.copyOf(purpose);
        notFor = List.copyOf(notFor);
        never = List.copyOf(never);
        weights = List.copyOf(weights);
        limits = List.copyOf(limits);
    }

    static ModelCard of(Model model, @Nullable Training training, @Nullable EvaluationView evaluation) {
        var scorecard = model.scorecard();
        var weights = weights(scorecard);
        int studies = count(weights, source -> source.contains(STUDY));
        int learned = count(weights, source -> source.startsWith(LEARNED));
        return new ModelCard(
                scorecard.version(),
                scorecard.nameEn(),
                scorecard.nameKo(),
                model.state(),
                model.proposedBy(),
                model.proposedAt(),
                model.activatedBy(),
                model.activatedAt(),
                scorecard.source(),
                PURPOSE,
                NOT_FOR,
                NEVER,
                scorecard.threshold(),
                scorecard.urgentThreshold(),
                weights,
                new Resting(studies, learned, weights.size() - studies - learned),
                training,
                evaluation,
                limits(training, evaluation));
    }

    private static int count(List<Counted> weights, Predicate<String> which) {
        return (int) weights.stream()
                .filter(weight -> weight.source() != null && which.test(weight.source()))
                .count();
    }

    private static List<Text> limits(@Nullable Training training, @Nullable EvaluationView evaluation) {
        var limits = new ArrayList<>(LIMITS);
        if (training != null) {
            limits.add(LEARNED_FROM_VISITED);
            if (evaluation != null && training.rounds().contains(evaluation.roundId())) {
                limits.add(SEEN_BEFORE);
            }
        }
        return limits;
    }

    private static List<Counted> weights(ScorecardDocument scorecard) {
        var weights = new ArrayList<Counted>();
        for (var weight : scorecard.indicators()) {
            var indicator = Indicators.of(weight.code()).orElseThrow();
            weights.add(new Counted(
                    "indicator",
                    weight.code(),
                    indicator.nameEn(),
                    indicator.nameKo(),
                    weight.points(),
                    weight.source()));
        }
        scorecard
                .ageBands()
                .forEach(
                        band -> weights.add(new Counted("age", band.code(), null, null, band.points(), band.source())));
        scorecard
                .familyTypes()
                .forEach(type ->
                        weights.add(new Counted("familyType", type.code(), null, null, type.points(), type.source())));
        scorecard
                .regions()
                .forEach(region -> weights.add(
                        new Counted("region", region.code(), null, null, region.points(), region.source())));
        weights.sort(Comparator.comparingInt(Counted::points).reversed());
        return weights;
    }
}
