package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.flag.FactsRows;
import org.jikimi.screening.flag.Flag;
import org.jikimi.screening.flag.Flags;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Models;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.reference.Programme;
import org.jikimi.screening.rights.AnswerView.SelectionView;
import org.jikimi.screening.risk.RiskView;

/** The explanation of the automated part 자동화된 결정에 대한 설명: which rounds selected a child, and why. */
final class Selections {
    private static final String JUDGED =
            "SELECT birth_date, family_type, district_code, mask, observed FROM round_child "
                    + "WHERE round_id = :round AND household_id = :household AND child_id = :child";

    /** Whether an analyst had composed it with indicators, and with none of these. */
    private static final String CHOSE_BY_OTHERS = """
            SELECT count(*) FROM round r CROSS JOIN LATERAL (SELECT r.composition::jsonb -> 'indicators' AS chosen) c
            WHERE r.id = :round AND jsonb_typeof(c.chosen) = 'array'
              AND NOT EXISTS (SELECT FROM jsonb_array_elements_text(c.chosen) AS one(code) WHERE one.code = ANY (:codes))""";

    private final Flags flags = new Flags();
    private final Models models = new Models();

    /**
     * Those that may be told, newest first, and of each what would stand there had nothing hidden been observed. One that
     * what is told does not explain is left out: beside too few reasons it would tell that there are others.
     *
     * @param child one that survives
     */
    List<SelectionView> of(Connection tx, UUID child, Set<Part> hidden) throws SQLException {
        var told = new ArrayList<SelectionView>();
        if (hidden.contains(Part.SELECTIONS)) {
            return told;
        }
        for (var flag : flags.ofChild(tx, child)) {
            var document = models.find(tx, flag.modelVersion())
                    .map(Models.Model::scorecard)
                    .orElseThrow(() -> new IllegalStateException("a version that flagged is gone"));
            var visible = flag.reasons().stream()
                    .filter(reason -> !hidden.contains(Parts.ofReason(reason.code())))
                    .toList();
            if (isExplained(tx, flag, hidden, visible, document.threshold())) {
                told.add(view(tx, flag, hidden, visible, document));
            }
        }
        return told;
    }

    private static boolean isExplained(
            Connection tx, Flag flag, Set<Part> hidden, List<Flag.Reason> visible, int threshold) {
        if (flag.programme() == null) { // between rounds
            return !hidden.contains(Part.URGENT_SELECTIONS) && visible.equals(flag.reasons());
        }
        return switch (Programme.valueOf(flag.programme())) {
            case QUARTERLY_SCREENING -> points(visible) >= threshold;
            case AGE_THREE_SURVEY -> tells(hidden, Part.IDENTITY, Part.CIRCUMSTANCES);
            case TEMPORARY_NUMBER_SURVEY -> tells(hidden, Part.IDENTITY);
            case UNDER_TWO_INVESTIGATION ->
                tells(hidden, Part.IDENTITY, Part.CIRCUMSTANCES, Part.WHEREABOUTS) && !choseByOthers(tx, flag, visible);
            // takes exactly who was reported twice or refused a visit, and says so by its name
            case JOINT_INSPECTION -> tells(hidden, Part.PROTECTION);
        };
    }

    private static boolean tells(Set<Part> hidden, Part... parts) {
        return Collections.disjoint(hidden, List.of(parts));
    }

    private static boolean choseByOthers(Connection tx, Flag flag, List<Flag.Reason> visible) {
        return Sql.on(tx)
                        .createQuery(CHOSE_BY_OTHERS)
                        .bind("round", flag.roundId())
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
            Connection tx, Flag flag, Set<Part> hidden, List<Flag.Reason> visible, ScorecardDocument document) {
        var facts = judged(tx, flag).orElse(null);
        var scorecard = new Scorecard(document, flag.asOf(), Lawful.ALL);
        var reasons = visible.stream()
                .map(reason -> RiskView.ReasonView.of(scorecard, facts, new Reason(reason.code(), reason.points())))
                .toList();
        var score = hidden.contains(Part.URGENT_SELECTIONS) ? null : points(visible);
        return new SelectionView(flag.programme(), flag.asOf(), flag.modelVersion(), score, reasons);
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
