package org.jikimi.screening.registry;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.screening.batch.Batch;
import org.jikimi.screening.batch.Checked;
import org.jikimi.screening.batch.Fields;
import org.jikimi.screening.batch.LineKind;
import org.jikimi.screening.batch.RejectionCode;
import org.jikimi.screening.reference.Districts;
import org.jikimi.screening.reference.FamilyTypes;
import org.jikimi.screening.signal.ActOnSignals;
import org.jspecify.annotations.Nullable;

/** Lines of the resident register's extract: one child each. */
final class ChildLines implements LineKind<ChildLine> {
    static final List<String> FIELDS = List.of(
            "identifier.scheme",
            "identifier.value",
            "name",
            "address",
            "birthDate",
            "sex",
            "householdId",
            "familyType",
            "districtCode",
            "dongCode",
            "care",
            "status",
            "statusOn");
    static final List<String> SCHEMES = List.of("RRN", "TNN", "TMN");
    static final List<String> SEXES = List.of("F", "M");
    static final List<String> CARES = List.of("HOME", "DAYCARE", "KINDERGARTEN", "SCHOOL", "NONE");

    static final String RESIDENT = "RESIDENT";
    static final List<String> STATUSES = List.of(RESIDENT, "DECEASED", "EMIGRATED");

    /** Fields that came later: a line without them is the line it was before. */
    private static final int LATER = 11;

    private final LocalDate today;
    private final UnaryOperator<byte[]> identifiers;
    private final UnaryOperator<byte[]> households;
    private final UnaryOperator<byte[]> contents;
    private final SubjectKeys subjects;
    private final TellChanges changes;
    private final ActOnSignals act;

    ChildLines(LocalDate today, Keyring keys, SubjectKeys subjects, TellChanges changes, ActOnSignals act) {
        this.today = today;
        this.identifiers = keys.macs("identifier");
        this.households = keys.macs("household");
        this.contents = keys.macs("child-line");
        this.subjects = subjects;
        this.changes = changes;
        this.act = act;
    }

    @Override
    public List<String> fields() {
        return FIELDS;
    }

    @Override
    public Checked<ChildLine> check(@Nullable String[] values) {
        var fields = new Fields(FIELDS, values);
        var scheme = fields.oneOf(0, SCHEMES);
        var identifier = fields.required(1, 64);
        var name = fields.optional(2, 200);
        var address = fields.optional(3, 500);
        var birthDate = fields.requiredDate(4, today);
        var sex = fields.oneOf(5, SEXES);
        var household = fields.optional(6, 100);
        var familyType = fields.oneOf(7, FamilyTypes.CODES);
        var district = fields.required(8, 5);
        var dong = fields.required(9, 10);
        var care = fields.oneOf(10, CARES);
        var status = fields.optional(11, 64) == null ? RESIDENT : fields.oneOf(11, STATUSES);
        var statusOn = fields.date(12, today);
        if (!fields.isGood()) {
            return fields.bad();
        }
        if (statusOn != null && statusOn.isBefore(birthDate)) {
            return Checked.bad(RejectionCode.INVALID_VALUE, "statusOn lies before birthDate");
        }
        if (!Districts.isDistrict(district)) {
            return Checked.bad(RejectionCode.UNKNOWN_DISTRICT, "districtCode is no district of the city");
        }
        if (!Districts.isDong(dong) || !dong.startsWith(district)) {
            return Checked.bad(RejectionCode.INVALID_VALUE, "dongCode must be ten digits that begin with districtCode");
        }
        int said = values[11] == null && values[12] == null ? LATER : values.length;
        var content = String.join(
                "\u0000", Arrays.stream(values, 0, said).map(String::valueOf).toList());
        return Checked.good(new ChildLine(
                identifiers.apply((scheme + ":" + identifier).getBytes(StandardCharsets.UTF_8)),
                new Personal(name, address, scheme, identifier),
                scheme,
                birthDate,
                sex,
                household == null ? null : households.apply(household.getBytes(StandardCharsets.UTF_8)),
                familyType,
                district,
                dong,
                care,
                status,
                statusOn,
                contents.apply(content.getBytes(StandardCharsets.UTF_8))));
    }

    @Override
    public Tally load(Connection tx, Batch batch, List<Line<ChildLine>> lines) throws SQLException {
        return new StoreChildren(subjects, changes, act).store(tx, lines);
    }

    @Override
    public Tally settle(Connection tx, Batch batch, long firstLine, long lastLine) {
        return Tally.NOTHING;
    }
}
