package org.jikimi.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.jikimi.contracts.EventTypes;
import org.jikimi.local.KafkaSetup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka holds the same topics, users and rights as in the local stack. */
class KafkaTest {
    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyTopicOfTheLocalStackIsMade(Overlay overlay) {
        var made = overlay.ofKind("KafkaTopic").stream()
                .map(topic -> topic.at("/spec/topicName").asText())
                .toList();

        assertThat(made).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(made)).isEqualTo(new TreeSet<>(KafkaSetup.topics()));
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void deadLettersHaveOnePartitionAsInTheLocalStack(Overlay overlay) {
        assertThat(overlay.ofKind("KafkaTopic"))
                .filteredOn(topic -> topic.at("/spec/topicName").asText().endsWith(".dlq"))
                .isNotEmpty()
                .allSatisfy(topic -> assertThat(topic.at("/spec/partitions").asInt())
                        .as("%s", topic)
                        .isEqualTo(1));
    }

    @Test
    void everyChannelOfTheContractsHasItsTopic() throws IOException {
        JsonNode contracts;
        try (var file = EventTypes.class.getResourceAsStream("/contracts/asyncapi.yaml")) {
            contracts = new YAMLMapper().readTree(file);
        }
        var channels = new ArrayList<String>();
        contracts
                .path("channels")
                .forEach(channel -> channels.add(channel.path("address").asText()));

        var made = Overlay.of("production").ofKind("KafkaTopic").stream()
                .map(topic -> topic.at("/spec/topicName").asText());
        assertThat(channels).isNotEmpty();
        assertThat(made).containsAll(channels);
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyUserHasTheRightsOfTheLocalStackAndNoOther(Overlay overlay) {
        assertThat(rights(overlay)).isEqualTo(localRights());
    }

    @Test
    void aRightTooManyIsSeen() {
        var overlay = Overlay.of("production").copy();
        ((ObjectNode) overlay.one("KafkaUser", "case").at("/spec/authorization/acls/0/resource")).put("name", "*");

        assertThat(rights(overlay)).isNotEqualTo(localRights());
    }

    private record Right(String user, String type, String pattern, String name, String operation, String host) {
        boolean isWithin(Right other) {
            return !equals(other)
                    && other.pattern.equals("PREFIX")
                    && name.startsWith(other.name)
                    && new Right(user, type, other.pattern, other.name, operation, host).equals(other);
        }
    }

    /** Without what follows from another: to read or to write is to describe, and a prefix holds what begins with it. */
    private static Set<Right> essence(Set<Right> rights) {
        return rights.stream()
                .filter(right -> !right.operation().equals("DESCRIBE"))
                .filter(right -> rights.stream().noneMatch(right::isWithin))
                .collect(Collectors.toSet());
    }

    private static Set<Right> localRights() {
        var rights = new HashSet<Right>();
        for (AclBinding right : KafkaSetup.rights("*")) {
            rights.add(new Right(
                    right.entry().principal().replace("User:", ""),
                    right.pattern().resourceType().name(),
                    right.pattern().patternType().name().replace("PREFIXED", "PREFIX"),
                    right.pattern().name(),
                    right.entry().operation().name(),
                    right.entry().host()));
        }
        return essence(rights);
    }

    private static Set<Right> rights(Overlay overlay) {
        var rights = new HashSet<Right>();
        for (var user : overlay.ofKind("KafkaUser")) {
            for (var acl : user.at("/spec/authorization/acls")) {
                acl.path("operations").forEach(operation -> rights.add(right(user, acl, operation.asText())));
            }
        }
        return essence(rights);
    }

    private static Right right(JsonNode user, JsonNode acl, String operation) {
        var resource = acl.path("resource");
        return new Right(
                Overlay.nameOf(user),
                upper(resource.path("type").asText()),
                upper(resource.path("patternType").asText()),
                resource.path("name").asText(),
                upper(operation),
                acl.path("host").asText());
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
