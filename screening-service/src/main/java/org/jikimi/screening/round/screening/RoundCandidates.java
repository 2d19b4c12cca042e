package org.jikimi.screening.round.screening;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jikimi.runtime.db.CopyRows;
import org.jikimi.screening.bulk.CopiedRows;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.round.selection.Candidate;
import org.jikimi.screening.round.selection.Linked;

/** Whom the ranges of a round have selected, until it is cut. */
final class RoundCandidates {
    private RoundCandidates() {}

    static void addAll(Connection tx, UUID round, List<Candidate> candidates, List<Linked> linked) throws SQLException {
        if (candidates.isEmpty() && linked.isEmpty()) {
            return;
        }
        try (var rows = CopyRows.into(
                tx,
                "round_candidate",
                "round_id",
                "child_id",
                "household_id",
                "birth_date",
                "family_type",
                "district_code",
                "dong_code",
                "mask",
                "observed",
                "score",
                "link_kind",
                "link_ref")) {
            for (var candidate : candidates) {
                var facts = candidate.facts();
                rows.row()
                        .uuid(round)
                        .uuid(candidate.childId())
                        .uuid(candidate.householdId())
                        .date(facts.birthDate())
                        .text(facts.familyType())
                        .text(facts.districtCode())
                        .text(candidate.dongCode())
                        .int8(facts.mask())
                        .shorts(facts.observed())
                        .int4(candidate.score())
                        .text(null)
                        .uuid(null);
            }
            for (var child : linked) {
                rows.row()
                        .uuid(round)
                        .uuid(child.childId())
                        .uuid(child.householdId())
                        .date(null)
                        .text("")
                        .text(child.districtCode())
                        .text(child.dongCode())
                        .int8(0)
                        .shorts(new short[0])
                        .int4(child.score())
                        .text(child.kind())
                        .uuid(child.ref());
            }
            rows.finish();
        }
    }

    /** Reads those of some dongs, in any order. */
    static void read(
            Connection tx, UUID round, DongPages.Page page, Consumer<Candidate> candidates, Consumer<Linked> linked)
            throws SQLException {
        var query =
                "SELECT child_id, household_id, birth_date, family_type, district_code, dong_code, mask, observed, score, "
                        + "link_kind, link_ref FROM round_candidate WHERE round_id = '" + round + "' "
                        + "AND dong_code COLLATE \"C\" BETWEEN " + CopiedRows.literal(tx, page.first()) + " AND "
                        + CopiedRows.literal(tx, page.last());
        try (var rows = CopiedRows.of(tx, query)) {
            while (rows.next()) {
                var child = rows.uuid();
                var household = rows.uuid();
                var born = rows.date();
                var familyType = Objects.requireNonNull(rows.text());
                var district = Objects.requireNonNull(rows.text());
                var dong = Objects.requireNonNull(rows.text());
                var facts = new Facts(born, familyType, district, rows.int8(), rows.shorts());
                int score = rows.int4();
                var kind = rows.text();
                var ref = rows.optionalUuid();
                if (kind == null || ref == null) {
                    candidates.accept(new Candidate(child, household, dong, facts, score));
                } else {
                    linked.accept(new Linked(child, household, district, dong, score, kind, ref));
                }
            }
        }
    }
}
