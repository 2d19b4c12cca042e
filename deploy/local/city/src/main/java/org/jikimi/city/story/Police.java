package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jikimi.city.District;

/** The police look for children whom no visit could find; in this story they look every week, and in vain. */
final class Police {
    private final Stage stage;
    private final URI cases;

    Police(Stage stage) {
        this.stage = stage;
        this.cases = stage.urls().cases();
    }

    void week() {
        stage.inEachDistrict(this::look);
    }

    private void look(District district) {
        String police = "police-" + district.code();
        for (JsonNode check : stage.all(police, cases, "whereabouts-checks?state=OPEN")) {
            String id = check.path("id").asText();
            String inquiry = id + '-' + check.path("inquiries").asText();
            stage.api()
                    .change(
                            police,
                            cases,
                            "whereabouts-checks/" + id + "/result",
                            stage.key("whereabouts-" + inquiry),
                            '"' + check.path("version").asText() + '"',
                            Stage.body().put("result", "NOT_FOUND"))
                    .orFail("the answer of the police about a child's whereabouts");
            stage.add("inquiries of the police for a child not found", 1);
        }
    }
}
