package org.jikimi.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a service needs around it in a {@code @QuarkusTest}: a database of its own with owner and app role, a Kafka
 * with its topics, trust in {@link TestTokens}, and keys. Use: {@code @QuarkusTestResource(ServiceParts.class)}.
 *
 * <p>Topics are those named in the contracts' {@code asyncapi.yaml}, if it is on the classpath, each with the service's
 * dead-letter topic, those that the service's own settings name ({@code …-topic}), and those of the init argument {@code
 * topics}, separated by commas.
 */
public final class ServiceParts implements QuarkusTestResourceLifecycleManager {
    private static final Pattern ADDRESS = Pattern.compile("(?m)^\\s+address:\\s*'?([A-Za-z0-9._-]+)'?\\s*$");
    private static final Pattern SERVICE = Pattern.compile("(?m)^jikimi\\.service\\s*=\\s*(\\S+)\\s*$");
    private static final Pattern OWN_TOPIC = Pattern.compile("(?m)^jikimi\\.[a-z.-]+-topic\\s*=\\s*(\\S+)\\s*$");
    private static final int PARTITIONS = 3;

    private String moreTopics = "";

    @Override
    public void init(Map<String, String> arguments) {
        moreTopics = arguments.getOrDefault("topics", "");
    }

    @Override
    public Map<String, String> start() {
        var config = new HashMap<String, String>();
        var database = Parts.postgres().newServiceDatabase();
        config.put("jikimi.db.url", database.url());
        config.put("jikimi.db.owner.user", database.owner());
        config.put("jikimi.db.owner.password", database.ownerPassword());
        config.put("jikimi.db.app.user", database.app());
        config.put("jikimi.db.app.password", database.appPassword());

        topics().stream()
                .collect(Collectors.partitioningBy(topic -> topic.endsWith(".dlq")))
                .forEach((dead, topics) ->
                        Parts.kafka().createTopics(dead ? 1 : PARTITIONS, topics.toArray(String[]::new)));
        config.put("jikimi.kafka.bootstrap", Parts.kafka().bootstrapServers());
        config.put("jikimi.kafka.security", "PLAINTEXT");
        var marks = "relay-mark." + UUID.randomUUID(); // of this database alone
        Parts.kafka().createTopics(1, marks);
        config.put("jikimi.kafka.mark-topic", marks);

        config.put("jikimi.keys.current", "t1");
        config.put("jikimi.keys.matching", "t2");
        config.put("jikimi.keys.key.t1", newKey());
        config.put("jikimi.keys.key.t2", newKey());

        config.put("jikimi.audit.anchors", newDirectory());

        config.put("quarkus.otel.bsp.schedule.delay", "100ms"); // for tests that wait for spans

        config.put("quarkus.oidc.auth-server-url", "");
        config.put("quarkus.oidc.public-key", TestTokens.publicKey());
        config.put("quarkus.http.test-port", "0");
        return config;
    }

    @Override
    public void stop() {
        // The parts end with the JVM.
    }

    private Set<String> topics() {
        var topics = new TreeSet<String>();
        for (var topic : found(ADDRESS, resource("contracts/asyncapi.yaml"))) {
            topics.add(topic);
            for (var service : found(SERVICE, resource("application.properties"))) {
                topics.add(service + "." + topic + ".dlq");
            }
        }
        topics.addAll(found(OWN_TOPIC, resource("application.properties")));
        for (var topic : moreTopics.split(",", -1)) {
            if (!topic.isBlank()) {
                topics.add(topic.strip());
            }
        }
        return topics;
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    /** All resources of that name: a test may have an {@code application.properties} beside the service's own. */
    private static String resource(String name) {
        var text = new StringBuilder();
        try {
            for (var url : Collections.list(
                    Thread.currentThread().getContextClassLoader().getResources(name))) {
                try (var stream = url.openStream()) {
                    text.append(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                            .append('\n');
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static String newDirectory() {
        try {
            return Files.createTempDirectory("jikimi-anchors").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String newKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
