package org.jikimi.screening.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jikimi.screening.rights.AnswerView.ReadingView;
import org.jikimi.screening.rights.Readings.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReadingsTest {
    private static final Instant AT = Instant.parse("2026-10-01T16:00:00Z");
    private static final LocalDate DAY = LocalDate.of(2026, 10, 2); // in Seoul
    private static final UUID AGENCY = new UUID(0, 7);
    private static final Set<Part> TO_CHILD = Part.neverTo(Requester.CHILD);
    private static final Set<Part> TO_REPRESENTATIVE = Part.neverTo(Requester.REPRESENTATIVE);

    @Test
    void aChildIsToldOfficeAgencyPurposeAndTime() {
        assertThat(Readings.told(row("identity.disclose", AGENCY, "HOME_VISIT", "dong-officer"), TO_CHILD))
                .contains(new ReadingView(DAY, AT, "dong-officer", AGENCY, "identity.disclose", "HOME_VISIT"));
    }

    @Test
    void aRepresentativeIsToldTheDayAndTheDongOffice() {
        assertThat(Readings.told(row("identity.disclose", AGENCY, "HOME_VISIT", "dong-officer"), TO_REPRESENTATIVE))
                .contains(new ReadingView(DAY, null, "dong-officer", null, "identity.disclose", null));
        assertThat(Readings.told(row("child.read", null, null, "supervisor"), TO_REPRESENTATIVE))
                .isEmpty();
        assertThat(Readings.told(row("identity.disclose", null, "SUSPICION", "dong-officer"), TO_REPRESENTATIVE))
                .isEmpty();
    }

    @Test
    void nobodyIsToldWhoProtectsOrMayHaveReported() {
        for (var role :
                List.of("abuse-investigator", "case-manager", "police", "report-gateway", "medical", "school")) {
            assertThat(Readings.told(row("child.read", AGENCY, null, role), TO_CHILD))
                    .as(role)
                    .isEmpty();
            assertThat(Readings.told(row("child.match", null, null, role, "dong-officer"), TO_CHILD))
                    .as(role)
                    .isEmpty();
            assertThat(Readings.told(row("child.match", null, null, role, "dong-officer"), TO_REPRESENTATIVE))
                    .as(role)
                    .isEmpty();
        }
    }

    @Test
    void nobodyIsToldWhatWasReadBecauseOfAReport() {
        assertThat(Readings.told(row("identity.disclose", null, "ABUSE_REPORT", "dong-officer"), TO_CHILD))
                .isEmpty();
        assertThat(Readings.told(row("identity.disclose", null, "FAMILY_RECOVERY", "dong-officer"), TO_CHILD))
                .isEmpty();
        assertThat(Readings.told(row("identity.disclose", null, "PROTECTIVE_MEASURE", "supervisor"), TO_CHILD))
                .isEmpty();
    }

    @Test
    void aMatchWhosePurposeIsNotKnownIsNotTold() {
        for (var told : List.of(TO_CHILD, TO_REPRESENTATIVE)) {
            assertThat(Readings.told(row("child.match", null, null, "dong-officer"), told))
                    .isEmpty();
            assertThat(Readings.told(row("child.match", null, "HOME_VISIT", "dong-officer"), told))
                    .isPresent();
        }
    }

    @Test
    void whoseOfficeIsNotKnownIsNotTold() {
        assertThat(Readings.told(row("child.read", null, null), TO_CHILD)).isEmpty();
        assertThat(Readings.told(row("child.read", null, null, "uma_authorization"), TO_CHILD))
                .isEmpty();
    }

    private static Row row(String action, @Nullable UUID agency, @Nullable String purpose, String... roles) {
        return new Row(AT, agency, action, Set.of(roles), purpose);
    }
}
