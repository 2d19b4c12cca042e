package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
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
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.rights.AnswerView.SelectionView;
import org.jikimi.screening.risk.RiskView;

/** The explanation of the automated part 자동화된 결정에 대한 설명: which rounds selected a child, and why. */
final class Selections {
    private static final String JUDGED =
            "SELECT birth_date, family_type, district_code, mask, observed FROM round_child "
                    + "WHERE round_id = :round AND household_id = :household AND child_id = :child";

    private final Flags flags = new Flags();
    private final Models models = new Models();

    /**
     * Those that may be told, newest first.
     *
     * @param child one that survives
     */
    List<SelectionView> of(Connection tx, UUID child, Set<Part> hidden) throws SQLException {
        var told = new ArrayList<SelectionView>();
        if (hidden.contains(Part.SELECTIONS)) {
            return told;
        }
        for (var flag : flags.ofChild(tx, child)) {
            if (hidden.contains(Parts.ofSelection(flag.programme()))) {
                continue;
            }
            boolean whole = isWhole(flag, hidden);
            if (flag.roundId() != null || whole) {
                told.add(view(tx, flag, hidden, whole));
            }
        }
        return told;
    }

    /** Whether nothing of it is hidden: a score beside too few reasons, or a flag without any, would tell what is. */
    private static boolean isWhole(Flag flag, Set<Part> hidden) {
        return !hidden.contains(Part.URGENT_SELECTIONS)
                && flag.reasons().stream().noneMatch(reason -> hidden.contains(Parts.ofReason(reason.code())));
    }

    private SelectionView view(Connection tx, Flag flag, Set<Part> hidden, boolean whole) throws SQLException {
        var facts = judged(tx, flag).orElse(null);
        var document = models.find(tx, flag.modelVersion())
                .map(Models.Model::scorecard)
                .orElseThrow(() -> new IllegalStateException("a version that flagged is gone"));
        var scorecard = new Scorecard(document, flag.asOf(), Lawful.ALL);
        var reasons = flag.reasons().stream()
                .filter(reason -> !hidden.contains(Parts.ofReason(reason.code())))
                .map(reason -> RiskView.ReasonView.of(scorecard, facts, new Reason(reason.code(), reason.points())))
                .toList();
        return new SelectionView(
                flag.programme(), flag.asOf(), flag.modelVersion(), whole ? flag.score() : null, reasons);
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
