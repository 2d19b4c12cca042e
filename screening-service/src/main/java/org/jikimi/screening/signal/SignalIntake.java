package org.jikimi.screening.signal;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.inbox.RecordIntake;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.BatchKind;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.JsonLine;
import org.jikimi.screening.batch.LineKind.Line;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.legal.LegalBases;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.signal.SignalRefusals.Refusal;
import org.jikimi.screening.source.SourceTally;
import org.jspecify.annotations.Nullable;

/**
 * Signals that agencies write to Kafka, as CloudEvents whose data are a line of a batch. They are checked and stored as by
 * REST; each that is not taken is told to its source on {@code signals.rejected.<source>}.
 */
@ApplicationScoped
public class SignalIntake implements RecordIntake {
    static final String CE_TYPE = "org.jikimi.Signal.v1";
    static final String SEALED = "application/jose";

    /** Clocks of replicas differ by more. */
    private static final Duration AT_ONCE = Duration.ofSeconds(30);

    private static final int SCHEME = SignalLines.FIELDS.indexOf("subject.scheme");
    /** National identifiers, which Kafka must not hold in the clear. */
    private static final Set<String> IDENTIFIERS = Set.of("RRN", "TNN", "TMN");

    private final Map<String, SignalSource> sources;
    private final LegalBases bases;
    private final Keyring keyring;
    private final SignalKeys signalKeys;
    private final ActOnSignals act;
    private final SignalRefusals refusals;
    private final Audit audit;
    private final Times times;

    /** @param sources who sends by Kafka, each as {@link SignalSource#of} reads it */
    public SignalIntake(
            @ConfigProperty(name = "jikimi.screening.signal-sources") List<String> sources,
            LegalBases bases,
            Keyring keyring,
            SignalKeys signalKeys,
            ActOnSignals act,
            SignalRefusals refusals,
            Audit audit,
            Times times) {
        this.sources = sources.stream()
                .filter(source -> !source.equals("none"))
                .map(SignalSource::of)
                .collect(Collectors.toMap(SignalSource::topic, Function.identity(), (one, same) -> one, TreeMap::new));
        this.bases = bases;
        this.keyring = keyring;
        this.signalKeys = signalKeys;
        this.act = act;
        this.refusals = refusals;
        this.audit = audit;
        this.times = times;
    }

    @Override
    public String name() {
        return "signals";
    }

    @Override
    public List<String> topics() {
        return List.copyOf(sources.keySet());
    }

    /** Those that were written one after the other: what has waited in Kafka is older than what came by REST meanwhile. */
    @Override
    public int atOnce(List<ReceivedEvent> records) {
        var first = records.getFirst().waited();
        int next = 1;
        while (next < records.size()
                && records.get(next).waited().minus(first).abs().compareTo(AT_ONCE) <= 0) {
            next++;
        }
        return next;
    }

    @Override
    public void take(Connection tx, List<ReceivedEvent> records) throws SQLException {
        var today = times.today();
        var lawful = bases.inForce(tx, today);
        var opener = signalKeys.opener(tx);
        take(tx, source(records.getFirst().topic()), records, new Reading(today, lawful, opener));
    }

    @Override
    public void refuse(Connection tx, ReceivedEvent record) throws SQLException {
        var source = source(record.topic());
        var code = RejectionCode.NOT_TAKEN.code();
        var batch = Batch.now(EventIds.next(), BatchKind.SIGNALS, source.source(), times.now());
        var tally = new SourceTally();
        tally.rejected(null, code, 1);
        tally.addTo(tx, batch.source(), batch.arrivedAt());
        refusals.tell(tx, source, List.of(new Refusal(record, code, "it cannot be stored as things stand")));
        audit(tx, source, batch);
    }

    private SignalSource source(String topic) {
        var source = sources.get(topic);
        if (source == null) {
            throw new IllegalArgumentException("nobody sends through " + topic);
        }
        return source;
    }

    /** What the records of one transaction are read by. */
    private record Reading(LocalDate today, Lawful lawful, SignalKeys.Opener opener) {}

    private void take(Connection tx, SignalSource source, List<ReceivedEvent> records, Reading reading)
            throws SQLException {
        var lines = new SignalLines(source.kind(), reading.today(), reading.lawful(), keyring, act);
        var json = new JsonLine(SignalLines.FIELDS);
        var good = new ArrayList<Line<SignalLine>>();
        var refused = new ArrayList<Refusal>();
        var tally = new SourceTally();
        for (int i = 0; i < records.size(); i++) {
            var record = records.get(i);
            var values = new @Nullable String[SignalLines.FIELDS.size()];
            switch (check(record, lines, json, values, reading.opener())) {
                case Checked.Good<SignalLine>(var line) -> good.add(new Line<>(i + 1, line));
                case Checked.Bad<SignalLine>(var code, var message) -> {
                    refused.add(new Refusal(record, code.code(), message));
                    tally.rejected(lines.indicator(values), code.code(), 1);
                }
            }
        }
        var now = times.now();
        var saidAt = now.minus(records.getFirst().waited());
        var batch = new Batch(EventIds.next(), BatchKind.SIGNALS, source.source(), now, saidAt);
        if (good.isEmpty()) {
            tally.addTo(tx, batch.source(), batch.arrivedAt());
        } else {
            for (var rejection : lines.loadNow(tx, batch, good, tally).tally().rejections()) {
                var record = records.get((int) rejection.line() - 1);
                refused.add(new Refusal(record, rejection.code(), rejection.message()));
            }
        }
        refusals.tell(tx, source, refused);
        audit(tx, source, batch);
    }

    private void audit(Connection tx, SignalSource source, Batch batch) throws SQLException {
        audit.record(
                tx,
                new AuditEntry(
                        times.now(),
                        "kafka:" + source.topic(),
                        source.agencyId(),
                        "signal-records.send",
                        List.of("batch:" + batch.id()),
                        null));
    }

    /** @param values filled with those of the record, as far as they can be read */
    private static Checked<SignalLine> check(
            ReceivedEvent record,
            SignalLines lines,
            JsonLine json,
            @Nullable String[] values,
            SignalKeys.Opener opener) {
        var headers = record.headers();
        if (!"1.0".equals(headers.get("ce_specversion"))
                || !CE_TYPE.equals(headers.get("ce_type"))
                || headers.getOrDefault("ce_id", "").isBlank()) {
            return Checked.bad(
                    RejectionCode.NO_CLOUD_EVENT, "ce_specversion must be 1.0, ce_type " + CE_TYPE + ", ce_id given");
        }
        boolean sealed = SEALED.equals(headers.get("content-type"));
        byte @Nullable [] data = sealed ? opener.open(record.payload()).orElse(null) : record.payload();
        if (data == null) {
            return Checked.bad(
                    RejectionCode.CANNOT_BE_OPENED, "data must be sealed by ECDH-ES and A256GCM to one of signal-keys");
        }
        var unreadable = json.read(data, values);
        if (unreadable != null) {
            return Checked.bad(unreadable.code(), unreadable.message());
        }
        var scheme = values[SCHEME];
        return !sealed && scheme != null && IDENTIFIERS.contains(scheme)
                ? Checked.bad(RejectionCode.NOT_SEALED, "a national identifier must be sealed: content-type " + SEALED)
                : lines.check(values);
    }
}
