package org.jikimi.screening.signal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.Fields;
import org.jikimi.screening.batch.LineKind;
import org.jikimi.screening.batch.RejectedLines;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.reference.Lawful;
import org.jikimi.screening.source.SourceTally;
import org.jspecify.annotations.Nullable;

/** Lines of signals, as an agency of one kind sends them. */
final class SignalLines implements LineKind<SignalLine> {
    static final List<String> FIELDS =
            List.of("signalId", "indicator", "subject.scheme", "subject.value", "observedOn", "clearedOn");
    private static final int INDICATOR = 1;
    private static final List<String> SCHEMES = List.of("RRN", "TNN", "TMN", "CHILD_ID", "HOUSEHOLD");
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final String sourceKind;
    private final LocalDate today;
    private final Lawful lawful;
    private final UnaryOperator<byte[]> identifiers;
    private final UnaryOperator<byte[]> households;
    private final StoreSignals store;

    SignalLines(String sourceKind, LocalDate today, Lawful lawful, Keyring keys, ActOnSignals act) {
        this.sourceKind = sourceKind;
        this.today = today;
        this.lawful = lawful;
        this.identifiers = keys.macs("identifier");
        this.households = keys.macs("household");
        this.store = new StoreSignals(today, act);
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Checked<SignalLine> check(@Nullable String[] values) {
        var fields = new Fields(FIELDS, values);
        var signalId = fields.required(0, 100);
        var code = fields.required(INDICATOR, 64);
        var scheme = fields.oneOf(2, SCHEMES);
        var value = fields.required(3, 100);
        var observedOn = fields.requiredDate(4, today);
        var clearedOn = fields.date(5, today);
        if (!fields.isGood()) {
            return fields.bad();
        }
        var indicator = Indicators.of(code);
        if (indicator.isEmpty()) {
            return Checked.bad(RejectionCode.UNKNOWN_INDICATOR, "indicator is not in the catalogue");
        }
        if (!indicator.get().sourceKind().equals(sourceKind)) {
            return Checked.bad(
                    RejectionCode.WRONG_SOURCE,
                    "this indicator is sent by " + indicator.get().sourceKind());
        }
        if (!lawful.allows(indicator.get().bit())) {
            return Checked.bad(
                    RejectionCode.NO_LEGAL_BASIS, "the city has recorded no legal basis in force for this indicator");
        }
        if (scheme.equals("HOUSEHOLD") && !indicator.get().ofHousehold()) {
            return Checked.bad(RejectionCode.WRONG_SUBJECT, "this indicator is about a child, not a household");
        }
        if (clearedOn != null && clearedOn.isBefore(observedOn)) {
            return Checked.bad(RejectionCode.INVALID_VALUE, "clearedOn lies before observedOn");
        }
        return subject(scheme, value)
                .map(subject -> Checked.good(new SignalLine(signalId, indicator.get(), subject, observedOn, clearedOn)))
                .orElseGet(() -> Checked.bad(RejectionCode.INVALID_VALUE, "subject.value must be a UUID"));
    }

    @Override
    public @Nullable String indicator(@Nullable String[] values) {
        var code = values[INDICATOR];
        return code != null && Indicators.of(code).isPresent() ? code : null;
    }

    private Optional<byte[]> subject(String scheme, String value) {
        return switch (scheme) {
            case "CHILD_ID" ->
                UUID_FORM.matcher(value).matches() ? Optional.of(bytes(UUID.fromString(value))) : Optional.empty();
            case "HOUSEHOLD" -> Optional.of(households.apply(value.getBytes(StandardCharsets.UTF_8)));
            default -> Optional.of(identifiers.apply((scheme + ":" + value).getBytes(StandardCharsets.UTF_8)));
        };
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    @Override
    public Tally load(Connection tx, Batch batch, List<Line<SignalLine>> lines) throws SQLException {
        RawSignals.land(tx, batch, lines);
        return Tally.NOTHING;
    }

    @Override
    public boolean settlesLater() {
        return true;
    }

    @Override
    public Tally settle(Connection tx, Batch batch, long firstLine, long lastLine) throws SQLException {
        var tally = new SourceTally();
        for (var rejected : RejectedLines.of(tx, batch, firstLine, lastLine)) {
            tally.rejected(rejected.indicator(), rejected.code(), rejected.lines());
        }
        return store.settle(tx, batch, firstLine, lastLine, tally).tally();
    }

    /**
     * Lands and settles lines at once, which are numbered from 1; tells also whether they flagged somebody.
     *
     * @param tally what is counted of the source already
     */
    StoreSignals.Stored loadNow(Connection tx, Batch batch, List<Line<SignalLine>> lines, SourceTally tally)
            throws SQLException {
        RawSignals.land(tx, batch, lines);
        return store.settle(tx, batch, 1, lines.getLast().number(), tally);
    }
}
