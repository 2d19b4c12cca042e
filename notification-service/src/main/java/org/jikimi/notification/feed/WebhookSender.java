package org.jikimi.notification.feed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.notification.subscription.WebhookTarget;
import org.jikimi.runtime.event.Json;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;

/** Posts one event to one webhook. Follows no redirect and reads no answer beyond its status. */
final class WebhookSender implements AutoCloseable {
    /** What the endpoint said. */
    sealed interface Result {
        record Taken() implements Result {}

        /** It will take nothing any more (410). */
        record Gone() implements Result {}

        record Failed(String code) implements Result {}
    }

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int GONE = 410;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final WebhookTarget targets;
    private final Keyring keyring;
    private final Times times;

    WebhookSender(WebhookTarget targets, Keyring keyring, Times times) {
        this.targets = targets;
        this.keyring = keyring;
        this.times = times;
    }

    Result send(UUID subscription, Subscriptions.Endpoint endpoint, Feeds.Due event) throws InterruptedException {
        var uri = targets.parse(endpoint.url());
        if (uri.isEmpty() || !targets.mayCall(uri.get())) {
            return new Result.Failed("TARGET_NOT_ALLOWED");
        }
        var id = event.eventId().toString();
        long timestamp = times.now().getEpochSecond();
        var body = body(subscription, event);
        var request = HttpRequest.newBuilder(uri.get())
                .timeout(PATIENCE)
                .header("content-type", "application/json")
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", WebhookSignature.of(endpoint.secret(), id, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            int status =
                    client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status == GONE) {
                return new Result.Gone();
            }
            return status / 100 == 2 ? new Result.Taken() : new Result.Failed("HTTP_" + status);
        } catch (IOException unreachable) {
            return new Result.Failed("UNREACHABLE");
        }
    }

    private String body(UUID subscription, Feeds.Due event) {
        var data = Json.read(event.data().getBytes(StandardCharsets.UTF_8), ObjectNode.class);
        if (event.childId() != null) {
            data.put("child", pseudonym(subscription, event.childId()).toString());
        }
        var body = data.objectNode()
                .put("type", event.type())
                .put("timestamp", event.happenedAt().toString());
        body.set("data", data);
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }

    /** The child under a name that this subscriber alone knows, so that two subscribers cannot join what they hear. */
    private UUID pseudonym(UUID subscription, UUID child) {
        var mac = ByteBuffer.wrap(
                keyring.mac("feed:" + subscription, child.toString().getBytes(StandardCharsets.UTF_8)));
        return new UUID(mac.getLong(), mac.getLong());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
