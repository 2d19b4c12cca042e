package org.jikimi.screening.signal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.LineKind.Tally;
import org.jikimi.screening.batch.Rejection;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.bulk.Indexes;
import org.jikimi.screening.bulk.Steps;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.signal.RawSignals.Raw;
import org.jikimi.screening.signal.StoredSignals.Known;
import org.jikimi.screening.source.SourceTally;

/**
 * Settles the signals of a chunk that has landed: looks up subjects and earlier words of the same signal, keeps the newest,
 * refolds the children it touches, flags whom that makes urgent and tells who works for a child.
 */
final class StoreSignals {
    private final LocalDate today;
    private final ActOnSignals act;

    StoreSignals(LocalDate today, ActOnSignals act) {
        this.today = today;
        this.act = act;
    }

    /** What was stored, and the urgent flags that stand for the children with a new urgent signal or were raised. */
    record Stored(Tally tally, Map<UUID, UUID> flags) {}

    /**
     * Settles lines that have landed.
     *
     * @param tally what is counted of the source already: the lines of the chunk that did not land
     */
    Stored settle(Connection tx, Batch batch, long firstLine, long lastLine, SourceTally tally) throws SQLException {
        Indexes.prefer(tx);
        SignalLocks.take(tx, batch, firstLine, lastLine);
        Aliases.hold(tx);
        var lines = Steps.timed("subjects", () -> RawSignals.withSubjects(tx, batch, firstLine, lastLine));
        if (lines.isEmpty()) {
            count(tx, batch, tally);
            return new Stored(Tally.NOTHING, Map.of());
        }
        var before = Steps.timed("dedupe", () -> StoredSignals.before(tx, batch, firstLine, lastLine));
        var change = Steps.timed("dedupe", () -> keepNewest(tx, batch, lines, before, tally));
        var fold = Steps.timed("fold", () -> Fold.of(tx, change));
        var flags = Steps.timed("flag", () -> act.on(tx, change, fold, today));
        count(tx, batch, tally); // last: others who count for the source wait for its rows
        int accepted = lines.size() - change.duplicates - change.rejections.size();
        return new Stored(new Tally(accepted, change.duplicates, change.rejections), flags);
    }

    private static void count(Connection tx, Batch batch, SourceTally tally) throws SQLException {
        Steps.timed("tally", () -> {
            tally.addTo(tx, batch.source(), batch.arrivedAt());
            return tally;
        });
    }

    private static Change keepNewest(
            Connection tx, Batch batch, List<Raw> lines, Map<String, Known> before, SourceTally tally)
            throws SQLException {
        var change = new Change();
        var repeated = new LinkedHashMap<String, Known>();
        for (var line : lines) {
            take(change, line, batch.saidAt(), before, repeated, tally);
        }
        if (!repeated.isEmpty()) {
            boolean areAwaited = lines.size() <= SignalLocks.FEW || StoredSignals.areAwaited(tx, batch);
            repeated.forEach((id, said) -> change.sameAgain(id, said, stored(before, id), areAwaited));
        }
        RawSignals.forget(tx, batch, change.rejections);
        StoredSignals.keep(tx, batch.source(), change, before);
        return change;
    }

    private static Known stored(Map<String, Known> before, String id) {
        return Objects.requireNonNull(before.get(id));
    }

    private static void take(
            Change change,
            Raw line,
            Instant saidAt,
            Map<String, Known> before,
            Map<String, Known> repeated,
            SourceTally tally) {
        var indicator = Indicators.all().get(line.bit());
        boolean ofHousehold = indicator.ofHousehold();
        var subject = ofHousehold ? line.householdId() : line.childId();
        if (subject == null) {
            var code = RejectionCode.UNKNOWN_SUBJECT.code();
            change.rejections.add(
                    new Rejection(line.line(), code, "the registry does not know the subject", indicator.code()));
            tally.rejected(indicator.code(), code, 1);
            return;
        }
        var said = new Known(
                line.bit(),
                ofHousehold ? null : subject,
                ofHousehold ? subject : null,
                line.observedOn(),
                line.clearedOn(),
                line.toldOf(),
                saidAt);
        var last = change.kept.containsKey(line.signalId())
                ? change.kept.get(line.signalId())
                : before.get(line.signalId());
        var now = last == null ? said : said.after(last);
        if (last != null && (now.says(last) || now.isOlderThan(last))) {
            change.duplicates++;
            tally.duplicate(line.bit());
            if (before.containsKey(line.signalId()) && now.says(last)) {
                repeated.put(line.signalId(), now);
            }
            return;
        }
        tally.accepted(line.bit());
        change.keep(line.signalId(), now, last);
    }
}
