package org.jikimi.notification.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jikimi.notification.TestKeyring;
import org.jikimi.notification.alert.AlertWorld;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.notification.subscription.WebhookTarget;
import org.jikimi.runtime.event.EventIds;
import org.jikimi.runtime.security.Caller;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events over real HTTP. */
class WebhookTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final UUID CHILD = UUID.fromString("0197e5a0-0000-7000-8000-00000000ca1d");
    private static final UUID AGENCY = UUID.fromString("00000000-0000-7000-8001-000000000001");

    private record Post(String path, String id, String timestamp, String signature, String body) {}

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final FeedSignal signal = new FeedSignal();
    private AlertWorld world;
    private PublishToSubscribers publish;
    private TestSubscriptions subscriptions;
    private HttpServer server;
    private WebhookDispatcher dispatcher;
    private Thread thread;

    @BeforeEach
    void start() throws SQLException, IOException {
        world = new AlertWorld();
        publish = new PublishToSubscribers(world.subscriptions, signal, world.times);
        subscriptions = new TestSubscriptions(world.transactions, world.subscriptions);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        var sender = new WebhookSender(new WebhookTarget(true), new TestKeyring(), world.times);
        dispatcher = new WebhookDispatcher(world.transactions, world.subscriptions, signal, sender, world.times);
        thread = Thread.ofPlatform().start(dispatcher);
    }

    @AfterEach
    void stop() throws InterruptedException {
        dispatcher.stop();
        thread.join();
        server.stop(0);
    }

    @Test
    void aWebhookIsSignedAndTellsNoMoreThanMayLeave() throws SQLException {
        subscriptions.webhook(caller("police", null, "11110"), url("/police"));

        publish("AbuseReported", "11110", null, """
                {"reportId":"r","version":1,"state":"RECEIVED","childId":"%s","districtCode":"11110",
                 "urgency":"URGENT","suspectedTypes":["PHYSICAL"],"channel":"SHOP"}""".formatted(CHILD));

        var post = received(1).getFirst();
        assertThat(post.signature())
                .isEqualTo(WebhookSignature.of(
                        TestSubscriptions.SECRET, post.id(), Long.parseLong(post.timestamp()), post.body()));
        assertThat(post.body())
                .contains("\"urgency\":\"URGENT\"", "\"child\":")
                .doesNotContain("PHYSICAL", "SHOP", CHILD.toString());
    }

    @Test
    void theSignatureIsThatOfTheStandardsExample() {
        assertThat(WebhookSignature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSubscribersKnowAChildByDifferentNamesAndEachByOneName() throws SQLException {
        subscriptions.webhook(caller("police", null, "11110"), url("/a"));
        subscriptions.webhook(caller("police", null, "11110"), url("/b"));

        publish("ChildUnlocated", "11110", null, "{}");
        publish("ChildUnlocated", "11110", null, "{}");

        var names = received(4).stream()
                .map(post -> post.path() + post.body().replaceAll(".*\"child\":\"([^\"]*)\".*", "$1"))
                .distinct()
                .toList();
        assertThat(names).hasSize(2);
        assertThat(names.get(0).substring(2)).isNotEqualTo(names.get(1).substring(2));
    }

    @Test
    void aSubscriberHearsNothingOfOtherDistrictsRolesOrAgencies() throws SQLException {
        subscriptions.webhook(caller("police", null, "11350"), url("/elsewhere"));
        subscriptions.webhook(caller("welfare-provider", AGENCY, "11110"), url("/provider"));
        subscriptions.webhook(caller("case-manager", UUID.randomUUID(), "11110"), url("/other-agency"));
        subscriptions.webhook(caller("case-manager", AGENCY, "11110"), url("/agency"));

        publish("AbuseReported", "11110", null, "{}");
        publish("ReferralOffered", "11110", AGENCY, "{}");
        publish("PlacementReserved", "11110", AGENCY, "{}");

        assertThat(received(2)).extracting(Post::path).containsExactlyInAnyOrder("/provider", "/agency");
        assertThat(world.query("SELECT type FROM feed_event")).containsExactly("ReferralOffered");
    }

    @Test
    void aSilentSourceIsHeardByWhoKeepsTheDataAndByNobodyElse() throws SQLException {
        subscriptions.webhook(caller("operator", null, "11110"), url("/operator"));
        subscriptions.webhook(caller("analyst", null, "11350"), url("/analyst"));
        subscriptions.webhook(caller("police", null, "11110"), url("/police"));

        publish("SourceSilent", null, null, """
                {"silenceId":"s","version":1,"state":"SILENT","source":"disease-control",
                 "indicator":"MISSED_VACCINATION","lastReceivedOn":"2026-11-10","silentDays":9}""");

        var heard = received(2);
        assertThat(heard).extracting(Post::path).containsExactlyInAnyOrder("/operator", "/analyst");
        assertThat(heard.getFirst().body()).contains("\"indicator\":\"MISSED_VACCINATION\"", "\"silentDays\":9");
        assertThat(world.query("SELECT count(*) FROM feed_delivery")).containsExactly("2");
    }

    @Test
    void aFailingSubscriberSlowsNobodyAndLosesNothing() throws SQLException {
        statuses.put("/failing", 500);
        var failing = subscriptions.webhook(caller("police", null, "11110"), url("/failing"));
        subscriptions.webhook(caller("police", null, "11110"), url("/well"));

        for (int i = 0; i < 20; i++) {
            publish("ChildUnlocated", "11110", null, "{}");
        }

        await().atMost(SOON).until(() -> to("/well").size() == 20);
        assertThat(world.query("SELECT DISTINCT state FROM feed_delivery WHERE subscription_id = '" + failing + "'"))
                .containsExactly("PENDING");
        statuses.remove("/failing");
        await().atMost(SOON)
                .until(() ->
                        world.query("SELECT DISTINCT state FROM feed_delivery").equals(List.of("SENT")));
    }

    @Test
    void eventsLeaveInTheirOrder() throws SQLException {
        subscriptions.webhook(caller("police", null, "11110"), url("/police"));

        for (int i = 0; i < 30; i++) {
            publish("ChildUnlocated", "11110", null, "{\"version\":" + i + "}");
        }

        var versions = received(30).stream()
                .map(post -> Integer.parseInt(post.body().replaceAll(".*\"version\":(\\d+).*", "$1")))
                .toList();
        assertThat(versions).isSorted();
    }

    @Test
    void whatHappenedSinceIsSentAgainUnderTheSameId() throws SQLException {
        var id = subscriptions.webhook(caller("police", null, "11110"), url("/police"));
        publish("ChildUnlocated", "11110", null, "{}");
        received(1);
        await().atMost(SOON)
                .until(() -> world.query("SELECT state FROM feed_delivery").equals(List.of("SENT")));

        world.transactions.run(tx -> new Feeds().again(tx, id, Instant.EPOCH));

        assertThat(received(2))
                .extracting(Post::id)
                .containsExactly(posts.getFirst().id(), posts.getFirst().id());
    }

    @Test
    void anEndpointThatIsGoneIsToldNothingMore() throws SQLException {
        statuses.put("/gone", 410);
        subscriptions.webhook(caller("police", null, "11110"), url("/gone"));
        publish("ChildUnlocated", "11110", null, "{}");
        await().atMost(SOON)
                .until(() -> world.query("SELECT state FROM subscription").equals(List.of("GONE")));

        publish("ChildUnlocated", "11110", null, "{}");

        assertThat(world.query("SELECT count(*) FROM feed_delivery")).containsExactly("1");
    }

    @Test
    void addressesAndSecretsAreStoredEncrypted() throws SQLException {
        subscriptions.webhook(caller("police", null, "11110"), url("/police"));

        assertThat(world.query("SELECT encode(target, 'escape') || encode(secret, 'escape') FROM subscription"))
                .allSatisfy(text -> assertThat(text).doesNotContain("127.0.0.1", "whsec_"));
    }

    private void publish(String type, @Nullable String district, @Nullable UUID agency, String payload)
            throws SQLException {
        world.transactions.run(tx -> {
            publish.publish(
                    tx,
                    new OutgoingEvent(
                            EventIds.next(),
                            type,
                            district,
                            agency,
                            CHILD,
                            world.times.now(),
                            payload.getBytes(StandardCharsets.UTF_8)));
            return true;
        });
    }

    private List<Post> received(int count) {
        await().atMost(SOON).until(() -> posts.size() >= count);
        return List.copyOf(posts);
    }

    private List<Post> to(String path) {
        return posts.stream().filter(post -> post.path().equals(path)).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            int status = statuses.getOrDefault(path, 200);
            if (status == 200) {
                posts.add(new Post(
                        path,
                        header(exchange, "webhook-id"),
                        header(exchange, "webhook-timestamp"),
                        header(exchange, "webhook-signature"),
                        body));
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static String header(HttpExchange exchange, String name) {
        return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static Caller caller(String role, @Nullable UUID agency, String district) {
        return new Caller(UUID.randomUUID().toString(), Set.of(role), agency, Set.of(district), null);
    }
}
