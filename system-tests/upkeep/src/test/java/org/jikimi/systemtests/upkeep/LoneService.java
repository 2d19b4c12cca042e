package org.jikimi.systemtests.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jikimi.contracts.EventTypes;
import org.jikimi.testkit.TestKafka;
import org.jikimi.testkit.TestPostgres;
import org.jikimi.testkit.TestTokens;

/** What one service needs around it, with a PostgreSQL and a Kafka of a test's own. */
final class LoneService {
    private static final int PARTITIONS = 4;

    private LoneService() {}

    /**
     * A configuration of a service, in which all its replicas share a new database.
     *
     * @param service its short name, such as {@code case}
     * @param directory where it may keep its anchors
     */
    static Map<String, String> config(String service, TestPostgres postgres, TestKafka kafka, Path directory)
            throws IOException {
        createTopics(service, kafka);
        var database = postgres.newServiceDatabase();
        var anchors = Files.createDirectories(directory.resolve("anchors"));
        var config = new HashMap<String, String>();
        config.put("jikimi.db.url", database.url());
        config.put("jikimi.db.owner.user", database.owner());
        config.put("jikimi.db.owner.password", database.ownerPassword());
        config.put("jikimi.db.app.user", database.app());
        config.put("jikimi.db.app.password", database.appPassword());
        config.put("jikimi.kafka.bootstrap", kafka.bootstrapServers());
        config.put("jikimi.kafka.security", "PLAINTEXT");
        config.put("jikimi.keys.current", "k1");
        config.put("jikimi.keys.matching", "m1");
        config.put("jikimi.keys.key.k1", newKey());
        config.put("jikimi.keys.key.m1", newKey());
        config.put("jikimi.audit.anchors", anchors.toString());
        config.put("quarkus.oidc.auth-server-url", "");
        config.put("quarkus.oidc.public-key", TestTokens.publicKey());
        return config;
    }

    /** Creates the topics that a service writes and reads. */
    static void createTopics(String service, TestKafka kafka) {
        var topics = new ArrayList<String>();
        var ofOnePartition = new ArrayList<String>();
        for (var type : EventTypes.all()) {
            topics.add(type.topic());
            ofOnePartition.add(service + "." + type.topic() + ".dlq");
        }
        if (service.equals("screening")) {
            topics.add("screening.round-ranges");
        }
        kafka.createTopics(PARTITIONS, topics.toArray(String[]::new));
        ofOnePartition.add(service + ".relay-mark");
        kafka.createTopics(1, ofOnePartition.toArray(String[]::new));
    }

    static String newKey() {
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
