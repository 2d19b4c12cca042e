package org.jikimi.runtime.boot;

import io.smallrye.config.ConfigMapping;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** How the service reaches Kafka. */
@ConfigMapping(prefix = "jikimi.kafka")
public interface KafkaSettings {
    /** Brokers, {@code host:port}, separated by commas. */
    String bootstrap();

    /** Kafka's {@code security.protocol}: {@code SASL_SSL} in production. */
    String security();

    /** SCRAM user; unused without SASL. */
    String user();

    /** SCRAM password, from a file or a Secret. */
    Optional<String> password();

    /** The service's own compacted topic, in which its relay keeps how far the database has come. */
    String markTopic();

    /** What all of the service's Kafka clients share. */
    default Map<String, Object> common() {
        var common = new HashMap<String, Object>();
        common.put("bootstrap.servers", bootstrap());
        common.put("security.protocol", security());
        if (security().startsWith("SASL")) {
            common.put("sasl.mechanism", "SCRAM-SHA-512");
            common.put(
                    "sasl.jaas.config",
                    "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                            .formatted(user(), password().orElse("")));
        }
        return common;
    }
}
