package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jikimi.city.District;
import org.jikimi.city.Script;
import org.jikimi.city.Truth;

/** The abuse investigators 아동학대전담공무원 go to see, protect where there is danger, and have the meeting decide. */
final class Investigators {
    private final Stage stage;
    private final Names names;
    private final URI cases;
    private final Set<String> startedThisWeek = ConcurrentHashMap.newKeySet();

    Investigators(Stage stage, Names names) {
        this.stage = stage;
        this.names = names;
        this.cases = stage.urls().cases();
    }

    /** Determines what was begun in an earlier week, and begins whatever was reported since. */
    void week() {
        startedThisWeek.clear();
        stage.inEachDistrict(this::work);
    }

    private void work(District district) {
        String investigator = "investigator-" + district.code();
        List<JsonNode> reports = stage.all(investigator, cases, "reports");
        Set<String> handled = new HashSet<>();
        for (JsonNode report : reports) {
            String investigation = report.path("investigationId").asText("");
            if (report.path("state").asText().equals("UNDER_INVESTIGATION") && handled.add(investigation)) {
                determine(investigator, investigation, report.path("childId").asText());
            }
        }
        for (JsonNode report : reports) {
            if (report.path("state").asText().equals("RECEIVED")) {
                begin(investigator, report);
            }
        }
    }

    private void begin(String investigator, JsonNode report) {
        String id = report.path("id").asText();
        String childId = report.path("childId").asText();
        String path = "reports/" + id;
        Reply current = stage.api().get(investigator, cases, path);
        if (!current.orFail("a report").path("state").asText().equals("RECEIVED")) {
            return;
        }
        Reply started = stage.api()
                .change(
                        investigator,
                        cases,
                        path + "/investigation",
                        stage.key("investigation-" + id),
                        current.etag(),
                        Stage.body().put("attendance", "JOINT"));
        String investigation =
                started.orFail("the start of an investigation").path("id").asText();
        startedThisWeek.add(investigation);
        names.learn(investigator, "INVESTIGATION", List.of(childId));
        String name = names.of(childId);
        if (stage.city().scriptOf(name) == Script.SEPARATION_OF_SIBLINGS && name.endsWith("-1")) {
            separate(investigator, investigation, started.etag());
        }
    }

    private void separate(String investigator, String investigation, String etag) {
        stage.api()
                .change(
                        investigator,
                        cases,
                        "investigations/" + investigation + "/measures",
                        stage.key("measure-" + investigation),
                        etag,
                        Stage.body().put("kind", "IMMEDIATE_SEPARATION").put("placeNeeded", true))
                .orFail("an immediate separation");
        stage.add("protective measures", 1);
    }

    private void determine(String investigator, String investigation, String childId) {
        names.learn(investigator, "INVESTIGATION", List.of(childId));
        String name = names.of(childId);
        boolean abused = stage.city().truthOf(name) == Truth.ABUSED;
        boolean difficult = stage.city().chance(name, "family in difficulty") < 0.6;
        var body = Stage.body()
                .put("determination", abused ? "ABUSE" : difficult ? "GENERAL_CASE" : "UNFOUNDED")
                .put("forum", "INTERNAL_MEETING")
                .put("reAbuse", false)
                .put("scoreSeen", false)
                .put("consent", stage.city().chance(name, "agrees to coaching") < 0.5);
        var types = body.putArray("types");
        if (abused) {
            types.add(stage.city().chance(name, "type") < 0.5 ? "NEGLECT" : "EMOTIONAL");
        }
        String path = "investigations/" + investigation;
        String etag = stage.api().get(investigator, cases, path).etag();
        stage.api()
                .change(
                        investigator,
                        cases,
                        path + "/determination",
                        stage.key("determination-" + investigation),
                        etag,
                        body)
                .orFail("a determination");
    }
}
