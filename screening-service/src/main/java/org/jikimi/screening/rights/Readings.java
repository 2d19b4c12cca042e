package org.jikimi.screening.rights;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.time.Seoul;
import org.jikimi.screening.rights.AnswerView.ReadingView;
import org.jspecify.annotations.Nullable;

/**
 * Who read what is kept about a child, from the audit. The audit has no index by child, which each request would pay for;
 * the few requests that look for a child read all of it.
 */
final class Readings {
    static final int MOST = 1_000;

    private static final String DONG_OFFICER = "dong-officer";
    private static final String MATCH = "child.match";

    /** Who protects, and who may have reported: that they looked lets conclude that there is a report, or a case file. */
    private static final Set<String> PROTECT =
            Set.of("abuse-investigator", "case-manager", "police", "report-gateway", "medical", "school");

    /** In this order, for who has several. */
    private static final List<String> OTHERS = List.of(DONG_OFFICER, "supervisor", "analyst", "auditor", "operator");

    /** For these a dong officer reads in the ordinary course, whatever is known of the child. */
    private static final Set<String> ORDINARY = Set.of("VISIT", "HOME_VISIT", "HOUSEHOLD_VISIT");

    /** Purposes are codes that whoever reads chooses; such a one tells of a report, or of a case file. */
    private static final Pattern OF_A_REPORT =
            Pattern.compile("ABUSE|REPORT|INVESTIG|PROTECT|EMERGENC|POLICE|CASE|RECOVER");

    private static final String READ = """
            SELECT at, agency, replace(action, '.replayed', '') AS action, subjects, purpose FROM audit
            WHERE action IN ('child.read', 'child.risk', 'child.match', 'child.match.replayed', 'identity.disclose')
              AND subjects && (SELECT array_agg('child:' || id) FROM
                  (SELECT CAST(:child AS uuid) AS id UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child) ids)
            ORDER BY at DESC, seq DESC""";

    private Readings() {}

    /** A row of the audit. */
    record Row(
            Instant at,
            @Nullable UUID agencyId,
            String action,
            Set<String> roles,
            @Nullable String purpose) {
        Row {
            roles = Set.copyOf(roles);
        }
    }

    /**
     * The newest that may be told.
     *
     * @param child one that survives
     */
    static List<ReadingView> of(Connection tx, UUID child, Set<Part> hidden) {
        try (var rows = Sql.on(tx).createQuery(READ).bind("child", child).map((row, c) -> row(row)).stream()) {
            return rows.flatMap(row -> told(row, hidden).stream()).limit(MOST).toList();
        }
    }

    /** How a reading is told; empty if it is not. */
    static Optional<ReadingView> told(Row row, Set<Part> hidden) {
        var purpose = row.purpose();
        if (hidden.contains(Part.READERS)
                || row.roles().stream().anyMatch(PROTECT::contains)
                || (purpose == null && row.action().equals(MATCH)) // each has one; repeats were once audited without
                || (purpose != null && OF_A_REPORT.matcher(purpose).find())) {
            return Optional.empty();
        }
        var office = OTHERS.stream().filter(row.roles()::contains).findFirst();
        var day = Seoul.dateOf(row.at());
        if (!hidden.contains(Part.READERS_OF_OTHER_OFFICES)) {
            return office.map(role -> new ReadingView(day, row.at(), role, row.agencyId(), row.action(), purpose));
        }
        boolean ordinary = OTHERS.stream().filter(row.roles()::contains).allMatch(DONG_OFFICER::equals)
                && (purpose == null || ORDINARY.contains(purpose));
        return office.filter(role -> ordinary).map(role -> new ReadingView(day, null, role, null, row.action(), null));
    }

    private static Row row(ResultSet row) throws SQLException {
        var subjects =
                Arrays.stream((Object[]) row.getArray("subjects").getArray()).map(String::valueOf);
        return new Row(
                row.getTimestamp("at").toInstant(),
                row.getObject("agency", UUID.class),
                row.getString("action"),
                subjects.filter(subject -> subject.startsWith("role:"))
                        .map(subject -> subject.substring("role:".length()))
                        .collect(Collectors.toSet()),
                row.getString("purpose"));
    }
}
