package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import org.jikimi.city.City;

/** The agencies answer what is offered to them, do it, and take in the children for whom a place was reserved. */
final class Providers {
    private static final double REFUSES_FIRST = 0.08;

    private final Stage stage;
    private final URI referral;

    Providers(Stage stage) {
        this.stage = stage;
        this.referral = stage.urls().referral();
    }

    /** Answers offers, completes welfare that was accepted in an earlier week, and admits children to shelters. */
    void week() {
        City city = stage.city();
        for (JsonNode item : stage.all(Users.SUPERVISOR, referral, "referrals")) {
            String id = item.path("id").asText();
            String agencyId = item.path("agencyId").asText("");
            switch (item.path("state").asText()) {
                case "OFFERED" -> {
                    boolean refuses = city.chance(id, "refuses") < REFUSES_FIRST
                            && item.path("offers").size() < 2;
                    if (refuses) {
                        change(
                                agencyId,
                                "referrals/" + id,
                                "refusal",
                                agencyId,
                                Stage.body().put("reason", "NO_CAPACITY"));
                    } else {
                        change(agencyId, "referrals/" + id, "acceptance", agencyId, Stage.body());
                    }
                }
                case "ACCEPTED", "IN_SERVICE" -> {
                    if (item.path("caseId").asText("").isEmpty()) {
                        change(
                                agencyId,
                                "referrals/" + id,
                                "completion",
                                "",
                                Stage.body().put("outcome", "GOALS_REACHED"));
                    }
                }
                default -> {}
            }
        }
        for (JsonNode place : stage.all(Users.SUPERVISOR, referral, "placements")) {
            if (place.path("state").asText().equals("RESERVED")) {
                change(
                        place.path("agencyId").asText(),
                        "placements/" + place.path("id").asText(),
                        "admission",
                        "",
                        Stage.body());
            }
        }
    }

    private void change(String agencyId, String path, String action, String keyPart, JsonNode body) {
        String user = Users.ofAgency(agencyId);
        String etag = stage.api().get(user, referral, path).etag();
        stage.api()
                .change(user, referral, path + '/' + action, stage.key(path + '/' + action + '/' + keyPart), etag, body)
                .orFail(action + " of " + path);
    }
}
