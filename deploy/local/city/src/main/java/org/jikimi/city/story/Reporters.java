package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** 112, a school and a clinic report what they suspect, apart from any round. */
final class Reporters {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Stage stage;
    private final Names names;
    private final List<JsonNode> reports = new ArrayList<>();

    Reporters(Stage stage, Names names, Path files) throws IOException {
        this.stage = stage;
        this.names = names;
        for (String line : Files.readAllLines(files.resolve("reports.ndjson"))) {
            reports.add(JSON.readTree(line));
        }
    }

    /** Sends the reports of one week of the quarter, counted from 1; the last week takes the rest. */
    void week(int week, int weeks) {
        for (JsonNode report : reports) {
            LocalDate day = LocalDate.parse(report.path("reportedOn").asText());
            int due = (int) (ChronoUnit.DAYS.between(stage.city().asOf(), day) * weeks / 91) + 1;
            if (Math.min(due, weeks) == week) {
                send(report);
            }
        }
    }

    private void send(JsonNode report) {
        String number = report.path("reportNo").asText();
        String reporter = report.path("reporter").asText();
        var question = Stage.body().put("purpose", "ABUSE_REPORT");
        question.set("identifier", report.path("subject"));
        String childId = stage.api()
                .post(reporter, stage.urls().screening(), "children/matches", stage.key("match-" + number), question)
                .orFail("the match of a reported child")
                .path("childId")
                .asText();
        names.learn(childId, report.path("name").asText());
        var body = Stage.body()
                .put("childId", childId)
                .put("districtCode", report.path("districtCode").asText())
                .put("dongCode", report.path("dongCode").asText())
                .put("channel", report.path("channel").asText())
                .put("urgency", report.path("urgency").asText());
        body.set("suspectedTypes", report.path("suspectedTypes"));
        stage.api()
                .post(reporter, stage.urls().cases(), "reports", stage.key(number), body)
                .orFail("a report of suspected abuse");
        stage.add("reports by 112, school and clinic", 1);
    }
}
