package org.jikimi.cases;

import static org.jikimi.cases.Requests.DISTRICT;
import static org.jikimi.cases.Requests.officer;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jikimi.cases.visit.MoveVisits;
import org.jikimi.cases.visit.PlanVisit;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.time.Times;

/**
 * A synthetic child and a sibling, whose visit is planned.
 *
 * @param visit the path of the visit
 */
record Family(UUID child, UUID sibling, UUID household, UUID flag, String visit) {
    static final Family NONE = new Family(new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), new UUID(0, 0), "");

    static Family flagged(MoveVisits visits, Transactions transactions, Times times) throws SQLException {
        var child = EventIds.next();
        var sibling = EventIds.next();
        var household = EventIds.next();
        var flag = EventIds.next();
        transactions.run(tx -> visits.forFlag(
                tx,
                new PlanVisit.Flagged(
                        flag,
                        child,
                        household,
                        List.of(sibling),
                        DISTRICT,
                        "1135056000",
                        false,
                        times.now(),
                        EventIds.next())));
        String visit = officer(DISTRICT)
                .get("/api/v1/visits?state=PLANNED&limit=500")
                .path("items.find { it.correlationId == '" + flag + "' }.id");
        return new Family(child, sibling, household, flag, "/api/v1/visits/" + visit);
    }

    /** What was found of the child and of the sibling. */
    String completion(String childs, String siblings) {
        return "{\"children\":[%s,%s],\"note\":\"quiet home\"}"
                .formatted(result(child, childs), result(sibling, siblings));
    }

    private static String result(UUID child, String outcome) {
        boolean seen = !outcome.equals("UNLOCATED") && !outcome.equals("ABROAD");
        var needs = outcome.equals("WELFARE_NEED") ? "{\"code\":\"CHILDCARE_SUPPORT\",\"basis\":\"CONSENT\"}" : "";
        return """
                {"childId":"%s","outcome":"%s","seen":%s,"seenAlone":false,"needs":[%s],
                 "environment":{"clean":true,"fed":true}}""".formatted(child, outcome, seen, needs);
    }
}
