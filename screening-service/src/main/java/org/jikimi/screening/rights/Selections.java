package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.flag.FactsRows;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.flag.Reasons;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.rights.AnswerView.SelectionView;
import org.jikimi.screening.risk.RiskView;
import org.jspecify.annotations.Nullable;

/** The explanation of the automated part 자동화된 결정에 대한 설명: which rounds selected a child, and why. */
final class Selections {
    private static final String JUDGED =
            "SELECT birth_date, family_type, district_code, mask, observed FROM round_child "
                    + "WHERE round_id = :round AND household_id = :household AND child_id = :child";

    /** Where somebody worked for the child already, so that it was linked to that and not flagged. */
    private static final String LINKED = """
            SELECT r.id, r.programme, r.as_of, r.model_version, r.lawful,
                   c.birth_date, c.family_type, c.district_code, c.mask, c.observed
            FROM round_linked l JOIN round r ON r.id = l.round_id
            JOIN round_child c ON c.round_id = l.round_id AND c.household_id = l.household_id AND c.child_id = l.child_id
            WHERE l.child_id IN (
                SELECT CAST(:child AS uuid) UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child)""";

    private static final Comparator<SelectionView> NEWEST_FIRST = Comparator.comparing(SelectionView::asOf)
            .reversed()
            .thenComparing(view -> String.valueOf(view.programme()));

    /** Whether an analyst had composed it with indicators, and with none of these. */
    private static final String CHOSE_BY_OTHERS = """
            SELECT count(*) FROM round r CROSS JOIN LATERAL (SELECT r.composition::jsonb -> 'indicators' AS chosen) c
            WHERE r.id = :round AND jsonb_typeof(c.chosen) = 'array'
              AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(c.chosen) AS one(code) WHERE one.code = ANY (:codes))""";

    private final Flags flags = new Flags();
    private final Models models = new Models();

    /**
     * A selection by a round, or between rounds.
     *
     * @param roundId null between rounds, as {@code programme}
     * @param facts what was judged; null where it was not kept
     */
    private record Selected(
            @Nullable UUID roundId,
            @Nullable String programme,
            LocalDate asOf,
            String modelVersion,
            List<Flag.Reason> reasons,
            @Nullable Facts facts) {}

    /**
     * Those that may be told, newest first, and of each what would stand there had nothing hidden been observed. One that
     * what is told does not explain is left out: beside too few reasons it would tell that there are others. A round that
     * selected the child and passed over it for somebody's work is told as any other: else its absence would tell of that work.
     *
     * @param child one that survives
     */
    List<SelectionView> of(Connection tx, UUID child, Set<Part> hidden) throws SQLException {
        var told = new ArrayList<SelectionView>();
        if (hidden.contains(Part.SELECTIONS)) {
            return told;
        }
        var all = linked(tx, child);
        for (var flag : flags.ofChild(tx, child)) {
            all.add(new Selected(
                    flag.roundId(),
                    flag.programme(),
                    flag.asOf(),
                    flag.modelVersion(),
                    flag.reasons(),
                    judged(tx, flag).orElse(null)));
        }
        for (var selected : all) {
            var document = document(tx, selected.modelVersion());
            var visible = selected.reasons().stream()
                    .filter(reason -> !hidden.contains(Parts.ofReason(reason.code())))
                    .toList();
            if (isExplained(tx, selected, hidden, visible, document.threshold())) {
                told.add(view(selected, hidden, visible, document));
            }
        }
        told.sort(NEWEST_FIRST);
        return told;
    }

    private ScorecardDocument document(Connection tx, String modelVersion) {
        return models.find(tx, modelVersion)
                .map(Models.Model::scorecard)
                .orElseThrow(() -> new IllegalStateException("a version that selected is gone"));
    }

    private List<Selected> linked(Connection tx, UUID child) {
        return new ArrayList<>(Sql.on(tx)
                .createQuery(LINKED)
                .bind("child", child)
                .map((row, c) -> {
                    var facts = FactsRows.facts(row);
                    var asOf = row.getObject("as_of", LocalDate.class);
                    var version = row.getString("model_version");
                    var scorecard = new Scorecard(document(tx, version), asOf, new Lawful(row.getLong("lawful")));
                    return new Selected(
                            row.getObject("id", UUID.class),
                            row.getString("programme"),
                            asOf,
                            version,
                            Reasons.of(scorecard.reasons(facts)),
                            facts);
                })
                .list());
    }

    private static boolean isExplained(
            Connection tx, Selected selected, Set<Part> hidden, List<Flag.Reason> visible, int threshold) {
        if (selected.programme() == null) { // between rounds
            return !hidden.contains(Part.URGENT_SELECTIONS) && visible.equals(selected.reasons());
        }
        return switch (Programme.valueOf(selected.programme())) {
            case QUARTERLY_SCREENING -> points(visible) >= threshold;
            case AGE_THREE_SURVEY -> tells(hidden, Part.IDENTITY, Part.CIRCUMSTANCES);
            case TEMPORARY_NUMBER_SURVEY -> tells(hidden, Part.IDENTITY);
            case UNDER_TWO_INVESTIGATION ->
                tells(hidden, Part.IDENTITY, Part.CIRCUMSTANCES, Part.WHEREABOUTS)
                        && !choseByOthers(tx, selected, visible);
            // takes exactly who was reported twice or refused a visit, and says so by its name
            case JOINT_INSPECTION -> tells(hidden, Part.PROTECTION);
        };
    }

    private static boolean tells(Set<Part> hidden, Part... parts) {
        return Collections.disjoint(hidden, List.of(parts));
    }

    private static boolean choseByOthers(Connection tx, Selected selected, List<Flag.Reason> visible) {
        return Sql.on(tx)
                        .createQuery(CHOSE_BY_OTHERS)
                        .bind("round", selected.roundId())
                        .bindArray(
                                "codes",
                                String.class,
                                visible.stream().map(Flag.Reason::code).toList())
                        .mapTo(long.class)
                        .one()
                > 0;
    }

    private static int points(List<Flag.Reason> reasons) {
        return reasons.stream().mapToInt(Flag.Reason::points).sum();
    }

    private static SelectionView view(
            Selected selected, Set<Part> hidden, List<Flag.Reason> visible, ScorecardDocument document) {
        var scorecard = new Scorecard(document, selected.asOf(), Lawful.ALL);
        var reasons = visible.stream()
                .map(reason ->
                        RiskView.ReasonView.of(scorecard, selected.facts(), new Reason(reason.code(), reason.points())))
                .toList();
        var score = hidden.contains(Part.URGENT_SELECTIONS) ? null : points(visible);
        return new SelectionView(selected.programme(), selected.asOf(), selected.modelVersion(), score, reasons);
    }

    /** What the round had frozen; between rounds nothing is. */
    private static Optional<Facts> judged(Connection tx, Flag flag) {
        return flag.roundId() == null
                ? Optional.empty()
                : Sql.on(tx)
                        .createQuery(JUDGED)
                        .bind("round", flag.roundId())
                        .bind("household", flag.householdId())
                        .bind("child", flag.childId())
                        .map((row, c) -> FactsRows.facts(row))
                        .findOne();
    }
}
