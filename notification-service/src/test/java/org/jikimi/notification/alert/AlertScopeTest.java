package org.jikimi.notification.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jikimi.runtime.rest.Problems;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlertScopeTest {
    private static final UUID AGENCY = UUID.fromString("00000000-0000-7000-8001-000000000001");
    private static final UUID OTHER_AGENCY = UUID.fromString("00000000-0000-7000-8001-000000000002");

    @Test
    void anOfficerSeesAndTakesOnTheAlertsOfTheDistrict() {
        var alert = alert(RecipientRole.DONG_OFFICER, "11110", null);

        assertThat(AlertScope.refusalToSee(caller("dong-officer", "11110", null), alert))
                .isEmpty();
        assertThat(AlertScope.refusalToAct(caller("dong-officer", "11110", null), alert))
                .isEmpty();
        assertThat(AlertScope.refusalToSee(caller("dong-officer", "11350", null), alert))
                .contains(Problems.OTHER_DISTRICT);
        assertThat(AlertScope.refusalToSee(caller("police", "11110", null), alert))
                .contains(Problems.FORBIDDEN);
    }

    @Test
    void anAgencySeesWhatIsMeantForItAlone() {
        var alert = alert(RecipientRole.CASE_MANAGER, "11110", AGENCY);

        assertThat(AlertScope.refusalToSee(caller("case-manager", "11110", AGENCY), alert))
                .isEmpty();
        assertThat(AlertScope.refusalToSee(caller("case-manager", "11110", OTHER_AGENCY), alert))
                .contains(Problems.OTHER_AGENCY);
        assertThat(AlertScope.refusalToSee(caller("case-manager", "11110", null), alert))
                .contains(Problems.OTHER_AGENCY);
    }

    @Test
    void aSupervisorTakesOnAnyAlertOfTheDistrictAsASupervisor() {
        var alert = alert(RecipientRole.POLICE, "11110", null);
        var supervisor = caller("supervisor", "11110", null);

        assertThat(AlertScope.refusalToAct(supervisor, alert)).isEmpty();
        assertThat(AlertScope.actsAs(supervisor, alert)).isEqualTo(RecipientRole.SUPERVISOR);
        assertThat(AlertScope.refusalToAct(caller("supervisor", "11350", null), alert))
                .contains(Problems.OTHER_DISTRICT);
    }

    @Test
    void anAuditorSeesAndTakesNothingOn() {
        var alert = alert(RecipientRole.POLICE, "11110", null);

        assertThat(AlertScope.refusalToSee(caller("auditor", "11110", null), alert))
                .isEmpty();
        assertThat(AlertScope.refusalToAct(caller("auditor", "11110", null), alert))
                .contains(Problems.FORBIDDEN);
    }

    private static Caller caller(String role, String district, @Nullable UUID agency) {
        return new Caller("somebody", Set.of(role), agency, Set.of(district), null);
    }

    private static Alert alert(RecipientRole role, String district, @Nullable UUID agency) {
        var id = UUID.randomUUID();
        var now = Instant.parse("2026-11-02T00:00:00Z");
        return Alert.raised(
                new AlertDraft(
                        "rule",
                        AlertKind.REFERRAL_OFFERED,
                        Severity.WARNING,
                        new Addressee(role, district, agency),
                        new AlertSubject(SubjectType.REFERRAL, id, id, agency),
                        new AlertCause(id, "ReferralOffered", id),
                        null,
                        now,
                        now),
                now);
    }
}
