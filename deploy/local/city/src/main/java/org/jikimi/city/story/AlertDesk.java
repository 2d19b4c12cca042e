package org.jikimi.city.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;

/** Those whom an alert asks to act take it on. */
final class AlertDesk {
    private final Stage stage;
    private final URI notification;

    AlertDesk(Stage stage) {
        this.stage = stage;
        this.notification = stage.urls().notification();
    }

    /** Answers how many alerts were taken on. */
    int week() {
        int taken = 0;
        for (JsonNode alert : stage.all(Users.SUPERVISOR, notification, "alerts?state=RAISED")) {
            taken += acknowledge(alert) ? 1 : 0;
        }
        return taken;
    }

    /** Another may have settled the alert meanwhile; then there is nothing left to take on. */
    private boolean acknowledge(JsonNode alert) {
        String id = alert.path("id").asText();
        String user = Users.inRole(
                alert.path("recipientRole").asText(),
                alert.path("districtCode").asText(""),
                alert.path("agencyId").asText(""));
        String etag = '"' + alert.path("version").asText() + '"';
        Reply reply = stage.api()
                .change(
                        user,
                        notification,
                        "alerts/" + id + "/acknowledgement",
                        stage.key("alert-" + id),
                        etag,
                        Stage.body());
        if (reply.status() == 409 || reply.status() == 412) {
            return false;
        }
        reply.orFail("the acknowledgement of an alert");
        stage.add("alerts acknowledged", 1);
        return true;
    }
}
