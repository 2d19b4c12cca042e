package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jikimi.city.story.FakeService.Says;
import org.junit.jupiter.api.Test;

class OutsideTest {
    private static final Map<String, String> ITEMS = Map.of(
            "rounds/r1/flags",
            """
            {"id":"f1","childId":"c1","districtCode":"11350","state":"FLAGGED"},
            {"id":"f2","childId":"c3","districtCode":"11350","state":"BACKLOG"}""",
            "visits",
            """
            {"id":"v1","state":"COMPLETED","children":[
              {"childId":"c1","flagIds":["f1"],"outcome":"SUSPECTED_ABUSE","seen":true,"needs":[]},
              {"childId":"c2","flagIds":[],"outcome":"WELFARE_NEED","seen":true,
               "needs":[{"code":"DREAM_START","basis":"CONSENT"},{"code":"HEALTH_SUPPORT","basis":"DECLINED"}]}]},
            {"id":"v2","state":"PLANNED","children":[{"childId":"c4","flagIds":["f3"]}]}""",
            "reports",
            """
            {"id":"p1","childId":"c1","visitId":"v1","channel":"VISIT","state":"UNDER_INVESTIGATION",
             "investigationId":"i1","determination":null}""",
            "clocks",
            """
            {"id":"k1","clockCode":"DETERMINATION_DUE","subjectId":"i1","state":"RUNNING"}""",
            "whereabouts-checks",
            """
            {"id":"w1","childId":"c9","state":"OPEN","inquiries":2}""",
            "cases",
            "",
            "referrals",
            """
            {"id":"q1","childId":"c2","visitId":"v1","caseId":null,"serviceCode":"DREAM_START","state":"OFFERED"}""",
            "placements",
            """
            {"id":"b1","childId":"c1","state":"ADMITTED","siblingsTogether":true}""",
            "alerts",
            """
            {"id":"a1","kind":"URGENT_FLAG","recipientRole":"dong-officer","districtCode":"11350","agencyId":null,
             "subjectId":"f3","state":"RAISED","eventId":"e1",
             "deliveries":[{"state":"SENT","sentAt":"2026-10-01T00:00:00Z"}]}""");

    @Test
    void whatTheServicesShowBalancesInTheLedger() {
        Facts facts = look();

        assertThat(new Ledger(facts).lines()).allMatch(LedgerLine::balances);
        assertThat(new Ledger(facts).flags())
                .isEqualTo(
                        new LedgerLine("every flag has its visit or its place in the backlog", 3, 2, 1, 0, List.of()));
    }

    @Test
    void aFlagBetweenRoundsIsKnownByItsAlert() {
        assertThat(look().flags()).extracting(Facts.Flag::id).containsExactly("f1", "f2", "f3");
    }

    @Test
    void theFiguresCountChildrenAndNotVisits() {
        assertThat(Figures.of(look()))
                .containsEntry("household visits completed", 1L)
                .containsEntry("children visited", 2L)
                .containsEntry("visited children linked to services", 1L)
                .containsEntry("determinations still open", 1L);
    }

    private static Facts look() {
        try (var service = new FakeService(asked -> {
            String path = asked.uri().substring("/api/v1/".length(), asked.uri().indexOf('?'));
            return new Says(200, "{\"items\":[" + ITEMS.get(path) + "],\"next\":null}");
        })) {
            var urls = new Urls(service.uri(), service.uri(), service.uri(), service.uri());
            var api = new Api(user -> user, new Patience(Duration.ofSeconds(5), Duration.ofMillis(1)));
            return new Outside(api, urls).look(List.of("r1"), List.of());
        }
    }
}
