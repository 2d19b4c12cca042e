package org.jikimi.screening.risk;

import java.sql.Connection;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;
import org.jikimi.screening.model.Facts;
import org.jikimi.screening.model.Reason;
import org.jikimi.screening.model.Scorecard;
import org.jikimi.screening.model.ScorecardDocument;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jspecify.annotations.Nullable;

/**
 * How a child's points came and went: read again from its signals and its household's, judged by the model and the legal
 * bases of today, the household and its address as they are now.
 */
final class ScoreHistory {
    private static final int DAYS = 365;
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);
    private static final String SIGNALS = """
            WITH ids AS (SELECT CAST(:child AS uuid) AS id UNION ALL SELECT alias_id FROM child_alias WHERE child_id = :child)
            SELECT s.bit, s.observed_on, s.cleared_on FROM signal s JOIN ids ON s.child_id = ids.id
            UNION ALL
            SELECT s.bit, s.observed_on, s.cleared_on FROM signal s
            WHERE s.household_id IN (SELECT c.household_id FROM child c JOIN ids USING (id))""";

    private final ScorecardDocument model;
    private final Lawful lawful;

    ScoreHistory(ScorecardDocument model, Lawful lawful) {
        this.model = model;
        this.lawful = lawful;
    }

    /**
     * A day on which the points changed.
     *
     * @param score points from that day on
     * @param came codes that began to count
     * @param went codes that no longer counted: cleared, too old, or an age that the child grew out of
     */
    public record Change(LocalDate on, int score, List<String> came, List<String> went) {
        public Change {
            came = List.copyOf(came);
            went = List.copyOf(went);
        }
    }

    private record Signal(
            int bit, LocalDate observedOn, @Nullable LocalDate clearedOn) {
        boolean standsOn(LocalDate day) {
            return !observedOn.isAfter(day) && (clearedOn == null || clearedOn.isAfter(day));
        }
    }

    /** The changes of the year up to today, newest first. */
    List<Change> of(Connection tx, UUID child, Facts now, LocalDate today) {
        var signals = Sql.on(tx)
                .createQuery(SIGNALS)
                .bind("child", child)
                .map((row, c) ->
                        new Signal(row.getInt(1), row.getObject(2, LocalDate.class), row.getObject(3, LocalDate.class)))
                .list();
        var first = today.minusDays(DAYS);
        var changes = new ArrayList<Change>();
        var before = reasons(now, signals, first);
        for (var day : daysOfChange(now, signals, first, today)) {
            var after = reasons(now, signals, day);
            if (!after.equals(before)) {
                changes.addFirst(change(day, before, after));
            }
            before = after;
        }
        return changes;
    }

    private Set<LocalDate> daysOfChange(Facts now, List<Signal> signals, LocalDate first, LocalDate today) {
        var days = new TreeSet<LocalDate>();
        for (var signal : signals) {
            days.add(signal.observedOn());
            days.add(signal.observedOn()
                    .plusDays(Indicators.all().get(signal.bit()).validityDays()));
            if (signal.clearedOn() != null) {
                days.add(signal.clearedOn());
            }
        }
        var born = now.birthDate();
        if (born != null) {
            for (var band : model.ageBands()) {
                days.add(firstDayAtAge(born, band.fromMonths()));
                days.add(firstDayAtAge(born, band.toMonths()));
            }
        }
        days.removeIf(day -> !day.isAfter(first) || day.isAfter(today));
        return days;
    }

    /**
     * The first day that lies so many months after the birth as a scorecard counts, back from the day: where the month has
     * no such day, the first of the next.
     */
    private static LocalDate firstDayAtAge(LocalDate born, int months) {
        var day = born.plusMonths(months);
        return day.minusMonths(months).isBefore(born) ? day.plusDays(1) : day;
    }

    private List<Reason> reasons(Facts now, List<Signal> signals, LocalDate day) {
        var latest = new TreeMap<Integer, LocalDate>();
        for (var signal : signals) {
            if (signal.standsOn(day)) {
                latest.merge(signal.bit(), signal.observedOn(), (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        long mask = 0;
        var observed = new short[latest.size()];
        int place = 0;
        for (var bit : latest.entrySet()) {
            mask |= 1L << bit.getKey();
            observed[place++] = (short) ChronoUnit.DAYS.between(FIRST_DAY, bit.getValue());
        }
        var then = new Facts(now.birthDate(), now.familyType(), now.districtCode(), mask, observed);
        return new Scorecard(model, day, lawful).reasons(then);
    }

    private static Change change(LocalDate day, List<Reason> before, List<Reason> after) {
        var had = before.stream().map(Reason::code).collect(Collectors.toSet());
        var has = after.stream().map(Reason::code).collect(Collectors.toSet());
        return new Change(
                day,
                after.stream().mapToInt(Reason::points).sum(),
                has.stream().filter(code -> !had.contains(code)).sorted().toList(),
                had.stream().filter(code -> !has.contains(code)).sorted().toList());
    }
}
