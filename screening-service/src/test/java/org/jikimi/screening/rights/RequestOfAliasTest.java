package org.jikimi.screening.rights;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.jikimi.screening.rights.Desk.OFFICER;
import static org.jikimi.screening.rights.Desk.REGISTER;
import static org.jikimi.screening.rights.Desk.SUPERVISOR;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import org.jikimi.runtime.db.Sql;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.Test;

/** What was asked about an id while it was taken for another child, which it proves not to be. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class RequestOfAliasTest {
    @Inject
    Times times;

    @Inject
    Transactions transactions;

    @Test
    void aRequestGoesBackToTheChildItWasMadeForWhenTheTwoAreSplit() {
        var alias = Desk.child("AL-1", "ALH-1");
        var survivor = Desk.child("AL-2", "ALH-2");
        merge(alias, survivor);
        var request = Desk.request(alias, "ACCESS", "CHILD", times.today());
        for (var either : List.of(alias, survivor)) {
            Desk.get(OFFICER, "children/" + either + "/rights-requests").body("items.id", contains(request));
        }

        split(alias, survivor);

        Desk.get(OFFICER, "children/" + alias + "/rights-requests").body("items.id", contains(request));
        Desk.get(OFFICER, "children/" + survivor + "/rights-requests").body("items.id", empty());
        Desk.get(SUPERVISOR, "rights-requests/" + request).body("childId", equalTo(alias));
        Desk.granted(request);
        Desk.answer(request).statusCode(200).body("held.name", equalTo("합성 AL-1"));
    }

    @Test
    void whileTheTwoAreOneItIsAnsweredAsTheChildThatSurvives() {
        var alias = Desk.child("AL-3", "ALH-3");
        var survivor = Desk.child("AL-4", "ALH-4");
        merge(alias, survivor);
        var request = Desk.request(alias, "ACCESS", "CHILD", times.today());

        Desk.granted(request);

        Desk.answer(request).statusCode(200).body("held.name", equalTo("합성 AL-4"));
    }

    @Test
    void anAnswerThatTellsOfBothIsHandedOutNoMoreOnceTheyAreSplit() {
        var alias = Desk.child("AL-5", "ALH-5");
        var survivor = Desk.child("AL-6", "ALH-6");
        var before = Desk.request(alias, "ACCESS", "CHILD", times.today());
        Desk.granted(before);
        merge(alias, survivor);
        var ofAlias = Desk.request(alias, "ACCESS", "CHILD", times.today());
        var ofSurvivor = Desk.request(survivor, "ACCESS", "CHILD", times.today());
        Desk.granted(ofAlias);
        Desk.granted(ofSurvivor);

        split(alias, survivor);

        for (var told : List.of(ofAlias, ofSurvivor)) {
            Desk.answer(told).statusCode(409).body("type", endsWith("rights-answer-of-two"));
        }
        Desk.answer(before).statusCode(200).body("held.name", equalTo("합성 AL-5"));
    }

    @Test
    void theRegisterIsShownTheChildThatWasCorrectedThoughItIsSplitSince() throws SQLException {
        var alias = Desk.child("AL-7", "ALH-7");
        var survivor = Desk.child("AL-8", "ALH-8");
        merge(alias, survivor);
        var request = Desk.request(alias, "CORRECTION", "CHILD", times.today());
        Desk.granted(request, ",\"correct\":{\"sex\":\"M\"}");

        split(alias, survivor);

        var id = transactions.run(tx -> Sql.on(tx)
                .createQuery("SELECT id::text FROM source_correction WHERE request_id = CAST(:request AS uuid)")
                .bind("request", request)
                .mapTo(String.class)
                .one());
        Desk.get(OFFICER, "children/" + survivor).body("sex", equalTo("M"));
        Desk.get(REGISTER, "source-corrections/" + id + "/child")
                .statusCode(200)
                .body("number", equalTo("AL-8"));
    }

    @Test
    void theDistrictOfTheChildThatSurvivesDecidesWhoSeesIt() {
        var alias = Desk.child("AL-9", "ALH-9");
        var survivor = Desk.child("AL-10", "ALH-10", "1111051500");
        var request = Desk.request(alias, "ACCESS", "CHILD", times.today());
        Desk.merge(Desk.BOTH, alias, survivor);

        Desk.get(OFFICER, "rights-requests/" + request).statusCode(403);
        Desk.get(OFFICER, "rights-requests?district=11350&limit=500").body("items.id", not(hasItem(request)));
        Desk.get(Desk.STRANGER, "rights-requests/" + request).statusCode(200);

        Desk.split(Desk.BOTH, alias, survivor);

        Desk.get(OFFICER, "rights-requests/" + request).statusCode(200);
        Desk.get(Desk.STRANGER, "rights-requests/" + request).statusCode(403);
    }

    private static void merge(String alias, String survivor) {
        Desk.merge(SUPERVISOR, alias, survivor);
    }

    private static void split(String alias, String survivor) {
        Desk.split(SUPERVISOR, alias, survivor);
    }
}
