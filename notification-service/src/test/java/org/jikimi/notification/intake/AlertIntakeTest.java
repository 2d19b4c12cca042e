package org.jikimi.notification.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jikimi.contracts.EventType;
import org.jikimi.contracts.EventTypes;
import org.jikimi.notification.alert.AlertKind;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.inbox.ReceivedEvent;
import org.jikimi.runtime.security.Caller;
import org.jikimi.testkit.EitherOrder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events as Kafka gives them, and the alerts that come of them. */
class AlertIntakeTest {
    private static final String CORRELATION = "0197e5a0-0000-7000-8000-00000000c0de";
    private static final String AGENCY_1 = "00000000-0000-7000-8001-000000000001";
    private static final String AGENCY_2 = "00000000-0000-7000-8001-000000000002";

    private Hearing hearing;
    private AlertWorld world;
    private AlertIntake intake;

    @BeforeEach
    void start() throws SQLException {
        hearing = new Hearing();
        world = hearing.world;
        intake = hearing.intake;
    }

    static Stream<EventType> heard() {
        return EventTypes.all().stream().filter(type -> !type.producer().equals("notification"));
    }

    @Test
    void everyEventOfTheOtherServicesIsHeardAndNoneOfItsOwn() {
        assertThat(intake.topics())
                .containsExactlyInAnyOrderElementsOf(
                        heard().map(EventType::topic).toList());
    }

    @Test
    void everyExampleOfTheContractsIsTakenIn() throws SQLException {
        var erasureLast =
                heard().sorted(Comparator.comparing(type -> type.topic().equals("ChildErased")));
        for (var type : erasureLast.toList()) {
            assertThat(receive(type.topic(), Map.of())).as(type.topic()).isEqualTo(Outcome.APPLIED);
        }
    }

    @Test
    void anAlertCarriesTheCorrelationTheDistrictAndTheEvent() throws SQLException {
        receive("ChildFlagged", Map.of("urgent", true, "districtCode", "11350"));

        assertThat(world.query("SELECT correlation_id || ' ' || district_code || ' ' || event_type FROM alert"))
                .containsExactly(CORRELATION + " 11350 ChildFlagged");
        assertThat(world.query("SELECT headers FROM outbox").getFirst()).contains("ce_correlationid:" + CORRELATION);
    }

    @Test
    void theSameEventAgainRaisesNoSecondAlert() throws SQLException {
        var event = event("ChildFlagged", Map.of("urgent", true));

        handle(event);
        handle(event);

        assertThat(world.query("SELECT count(*) FROM alert")).containsExactly("1");
        assertThat(world.query("SELECT count(*) FROM delivery")).containsExactly("1");
    }

    @Test
    void whatARestoredSourceSendsAgainStaysQuietAndItsAlertStandsAllTheSame() throws SQLException {
        new TestSubscriptions(world.transactions, world.subscriptions)
                .webhook(new Caller("p", Set.of("police"), null, Set.of("11350"), null), "http://127.0.0.1:9/");
        var event = event("AbuseReported", Map.of("urgency", "ORDINARY", "districtCode", "11350"));
        var headers = new HashMap<>(event.headers());
        headers.put("ce_resent", "true");

        handle(new ReceivedEvent(
                event.id(), event.topic(), event.partition(), event.offset(), event.key(), headers, event.payload()));

        assertThat(world.query("SELECT state FROM alert")).containsExactly("RAISED");
        assertThat(world.query("SELECT count(*) FROM delivery")).containsExactly("0");
        assertThat(world.query("SELECT kind FROM due_work")).containsExactly("alert.escalate");
        assertThat(world.query("SELECT count(*) FROM feed_delivery")).containsExactly("0");
    }

    @Test
    void everyPairOfEventsOfAChildEndsAlikeInBothOrders() throws SQLException {
        var orders = new EitherOrder(world.database, """
                SELECT concat_ws(' ', kind, state, level, recipient_role, agency_id, subject_id, detail) FROM alert
                UNION ALL SELECT concat_ws(' ', mailbox, priority) FROM delivery
                ORDER BY 1""");
        EitherOrder.Handler<ReceivedEvent> handler = (event, tx) -> {
            assertThat(intake.handle(event, tx)).as(event.topic()).isEqualTo(Outcome.APPLIED);
            return true;
        };
        var events = heard().filter(type -> !type.topic().equals("ChildErased")) // ChildErasedTest
                .map(type -> event(type.topic(), Map.of("urgent", true)))
                .toList();
        for (var first : events) {
            for (var second : events.subList(0, events.indexOf(first))) {
                assertThat(orders.after(List.of(first, second), handler))
                        .as(first.topic() + " and " + second.topic())
                        .isEqualTo(orders.after(List.of(second, first), handler));
            }
        }
    }

    @Test
    void aPlannedAndACompletedVisitEndAlikeInEitherOrder() throws SQLException {
        var planned = event("VisitPlanned", same(Map.of("kind", "DONG_OFFICER", "flagId", uuid(7))));
        var completed = event("VisitCompleted", same(Map.of("outcome", "SAFE", "seen", true, "flagId", uuid(7))));
        var flagged = event("ChildFlagged", Map.of("flagId", uuid(7), "childId", uuid(8), "urgent", true));

        handle(flagged);
        handle(planned);
        handle(completed);
        var inOrder = states();
        start();
        handle(completed);
        handle(planned);
        handle(flagged);

        assertThat(states()).isEqualTo(inOrder).containsExactly("URGENT_FLAG CLOSED", "VISIT_PLANNED CLOSED");
    }

    @Test
    void aVisitIsOneAlertAndOneMailHoweverManyChildrenLiveThere() throws SQLException {
        var children = List.of(uuid(8), uuid(18), uuid(28));
        for (var child : children) {
            receive("VisitPlanned", Map.of("visitId", uuid(9), "childId", child, "kind", "JOINT_WITH_POLICE"));
        }

        assertThat(world.query(
                        "SELECT kind || ' ' || subject_id || coalesce(child_id::text, '') FROM alert ORDER BY 1"))
                .containsExactly("JOINT_VISIT_PLANNED " + uuid(9), "VISIT_PLANNED " + uuid(9));
        assertThat(world.query("SELECT mailbox FROM delivery ORDER BY 1")).hasSize(2);

        receive("VisitCompleted", Map.of("visitId", uuid(9), "childId", uuid(18), "outcome", "SAFE", "seen", true));

        assertThat(states()).containsExactly("JOINT_VISIT_PLANNED CLOSED", "VISIT_PLANNED CLOSED");
    }

    @Test
    void aVisitThatBecomesUrgentIsToldAgain() throws SQLException {
        receive("VisitPlanned", same(Map.of("urgent", false)));
        receive("VisitPlanned", same(Map.of("urgent", true)));

        assertThat(world.query("SELECT severity FROM alert ORDER BY 1")).containsExactly("INFO", "WARNING");
    }

    @Test
    void theEventsOfABatchEndAsTheyDoOneByOne() throws SQLException {
        var events = List.of(
                event("ChildFlagged", Map.of("flagId", uuid(7), "childId", uuid(8), "urgent", true)),
                event("VisitPlanned", same(Map.of("flagId", uuid(7)))),
                event("VisitPlanned", Map.of("visitId", uuid(9), "childId", uuid(18))),
                event("AbuseReported", Map.of("reportId", uuid(1), "urgency", "URGENT")),
                event("VisitCompleted", same(Map.of("outcome", "SAFE", "seen", true, "flagId", uuid(7)))));
        for (var event : events) {
            handle(event);
        }
        var oneByOne = all();
        start();

        hearing.handleTogether(events);

        assertThat(all()).isEqualTo(oneByOne).hasSize(10);
    }

    private List<String> all() throws SQLException {
        return world.query("""
                SELECT concat_ws(' ', kind, state, version, subject_id, child_id, correlation_id, event_id) FROM alert
                UNION ALL SELECT concat_ws(' ', id, mailbox, priority, subject) FROM delivery
                UNION ALL SELECT concat_ws(' ', type, count(*)) FROM outbox GROUP BY type
                ORDER BY 1""");
    }

    @Test
    void anAgencyThatDeclinedIsAskedAgainByALaterOfferInEitherOrder() throws SQLException {
        var first = offer(1, "2026-11-21T05:30:00Z");
        var declined = event(
                "ReferralDeclined",
                Map.of("referralId", uuid(1), "agencyId", AGENCY_1, "offerExpiresAt", "2026-11-21T05:30:00Z"));
        var again = offer(2, "2126-11-25T05:30:00Z");

        handle(first);
        handle(declined);
        handle(again);
        var inOrder = world.query("SELECT state FROM alert ORDER BY act_by");
        start();
        handle(again);
        handle(declined);
        handle(first);

        assertThat(inOrder).containsExactly("CLOSED", "RAISED");
        assertThat(world.query("SELECT state FROM alert ORDER BY act_by")).isEqualTo(inOrder);
    }

    @Test
    void aLateRefusalOfTheFirstAgencyLeavesTheOfferToTheSecondOpen() throws SQLException {
        var first = event("ReferralOffered", Map.of("referralId", uuid(1), "agencyId", AGENCY_1, "round", 1));
        var second = event("ReferralOffered", Map.of("referralId", uuid(1), "agencyId", AGENCY_2, "round", 2));
        var declined = event("ReferralDeclined", Map.of("referralId", uuid(1), "agencyId", AGENCY_1));

        handle(first);
        handle(second);
        handle(declined);

        assertThat(world.query("SELECT agency_id || ' ' || state FROM alert ORDER BY agency_id"))
                .containsExactly(AGENCY_1 + " CLOSED", AGENCY_2 + " RAISED");
    }

    @Test
    void anExpiredOfferEndsAlikeInEitherOrderAndALaterOneToTheSameAgencyStaysOpen() throws SQLException {
        var first = offer(1, "2026-11-21T05:30:00Z");
        var expired = event(
                "ReferralExpired",
                Map.of("referralId", uuid(1), "agencyId", AGENCY_1, "expiredAt", "2026-11-21T05:30:00Z"));
        var again = offer(2, "2126-11-25T05:30:00Z");

        handle(first);
        handle(expired);
        handle(again);
        var inOrder = world.query("SELECT state FROM alert ORDER BY act_by");
        start();
        handle(again);
        handle(expired);
        handle(first);

        assertThat(inOrder).containsExactly("CLOSED", "RAISED");
        assertThat(world.query("SELECT state FROM alert ORDER BY act_by")).isEqualTo(inOrder);
    }

    private static ReceivedEvent offer(int round, String expiresAt) {
        return event(
                "ReferralOffered",
                Map.of("referralId", uuid(1), "agencyId", AGENCY_1, "round", round, "expiresAt", expiresAt));
    }

    @Test
    void anAcceptedReferralEndsAlikeInEitherOrder() throws SQLException {
        var offered = event("ReferralOffered", Map.of("referralId", uuid(1), "agencyId", AGENCY_1));
        var accepted = event("ReferralAccepted", Map.of("referralId", uuid(1), "agencyId", AGENCY_1));

        handle(offered);
        handle(accepted);
        var inOrder = states();
        start();
        handle(accepted);
        handle(offered);

        assertThat(states()).isEqualTo(inOrder).containsExactly("REFERRAL_OFFERED CLOSED");
    }

    @Test
    void anInvestigationSettlesItsReportsInEitherOrder() throws SQLException {
        var reported = event("AbuseReported", Map.of("reportId", uuid(1), "urgency", "ORDINARY"));
        var started = event("InvestigationStarted", Map.of("reportIds", List.of(uuid(1)), "attendance", "JOINT"));

        handle(reported);
        handle(started);
        var inOrder = states();
        start();
        handle(started);
        handle(reported);

        assertThat(states()).isEqualTo(inOrder).containsExactly("ABUSE_REPORTED CLOSED");
    }

    @Test
    void aCodeThatIsNotKnownYetWaitsAndIsNotPassedOver() throws SQLException {
        assertThat(receive("AbuseReported", Map.of("urgency", "SUPER_URGENT")))
                .isEqualTo(new Outcome.Rejected("unknown-urgency"));
        assertThat(receive("DeadlineApproaching", Map.of("ownerRole", "mayor")))
                .isEqualTo(new Outcome.Rejected("unknown-role"));
    }

    @Test
    void anEventTypeThatIsNotKnownIsRejected() throws SQLException {
        var known = event("ChildFlagged", Map.of());
        var headers = new HashMap<>(known.headers());
        headers.put("ce_type", "org.jikimi.screening.ChildFlagged.v9");

        assertThat(handle(new ReceivedEvent(known.id(), known.topic(), 0, 0, known.key(), headers, known.payload())))
                .isEqualTo(new Outcome.Rejected("unknown-event-type"));
    }

    @Test
    void aSilentSourceIsToldInFullToWhoAsksItWhyAndToWhoCountsOnItsData() throws SQLException {
        new TestSubscriptions(world.transactions, world.subscriptions)
                .webhook(new Caller("o", Set.of("operator"), null, Set.of("11350"), null), "http://127.0.0.1:9/");
        var silent = event("SourceSilent", Map.of());

        handle(silent);
        handle(silent);

        assertThat(world.query("SELECT concat_ws(' ', recipient_role, severity, kind, detail) FROM alert ORDER BY 1"))
                .containsExactly(
                        "analyst INFO SOURCE_SILENT MISSED_VACCINATION disease-control P9D",
                        "operator WARNING SOURCE_SILENT MISSED_VACCINATION disease-control P9D");
        assertThat(world.query("SELECT mailbox FROM delivery ORDER BY 1")).containsExactly("analyst", "operator");
        assertThat(world.query("SELECT text FROM delivery").getFirst())
                .contains("보내지 않고 있습니다", "no longer sends", "MISSED_VACCINATION disease-control P9D");
        assertThat(world.query(
                        "SELECT type FROM feed_event JOIN feed_delivery ON event_id = id WHERE child_id IS NULL"))
                .containsExactly("SourceSilent");
    }

    @Test
    void noMailSaysMoreThanFixedWordingCodesIdsAndTimes() throws SQLException {
        for (var type : heard().toList()) {
            receive(type.topic(), Map.of());
        }
        receive("ChildFlagged", Map.of("urgent", true));
        receive("VisitCompleted", Map.of("outcome", "REFUSED"));
        var allowed = Pattern.compile("""
                %1$s
                처리 기한: %2$s \\(서울\\)
                관할: %3$s
                대상: %4$s
                구분: %5$s

                %1$s
                Act by: %2$s \\(Seoul\\)
                District: %3$s
                About: %4$s
                Severity: %5$s

                alert %6$s
                correlation %6$s
                """.formatted(
                        "(" + wordings() + ")",
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d",
                        "(\\d{5}|시 전체|whole city)",
                        "[A-Z]+ [0-9a-f-]{36}",
                        "[A-Z]+( [A-Z_]+)?( [A-Za-z0-9_-]{1,64} P\\d+D)?",
                        "[0-9a-f-]{36}"));

        assertThat(world.query("SELECT text FROM delivery"))
                .isNotEmpty()
                .allMatch(text -> allowed.matcher(text).matches());
    }

    private static String wordings() {
        return Stream.of(AlertKind.values())
                .flatMap(kind -> Stream.of(kind.korean(), kind.english()))
                .map(Pattern::quote)
                .reduce((one, other) -> one + "|" + other)
                .orElseThrow();
    }

    private List<String> states() throws SQLException {
        return world.query("SELECT kind || ' ' || state FROM alert ORDER BY 1");
    }

    private static Map<String, Object> same(Map<String, Object> more) {
        var changes = new HashMap<>(more);
        changes.put("visitId", uuid(9));
        changes.put("childId", uuid(8));
        return changes;
    }

    private static String uuid(int n) {
        return new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0000L + n).toString();
    }

    private Outcome receive(String topic, Map<String, Object> changes) throws SQLException {
        return handle(event(topic, changes));
    }

    private Outcome handle(ReceivedEvent event) throws SQLException {
        return hearing.handle(event);
    }

    private static ReceivedEvent event(String topic, Map<String, Object> changes) {
        return Hearing.event(topic, uuid(8), CORRELATION, "2026-11-02T00:00:00Z", changes);
    }
}
