package org.jikimi.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both overlays build, and what they come to is what Kubernetes and the operators understand. */
class SchemaTest {
    @SuppressWarnings("NullAway.Init")
    private static Schemas schemas;

    @BeforeAll
    static void read() {
        schemas = new Schemas();
    }

    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyObjectKeepsToItsSchema(Overlay overlay) {
        assertThat(overlay.objects()).hasSizeGreaterThan(100);

        assertThat(schemas.problemsOf(overlay.objects())).isEmpty();
    }

    @Test
    void onlyTheNamedKindsHaveNoSchema() {
        var kinds =
                Overlay.of("production").objects().stream().map(Schemas::kindOf).collect(Collectors.toSet());

        assertThat(kinds).containsAll(Schemas.UNCHECKED);
    }

    record Mistake(String kind, String name, Consumer<ObjectNode> planted, String told) {
        @Override
        public String toString() {
            return kind + ": " + told;
        }
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                new Mistake(
                        "Deployment",
                        "case-service",
                        object -> object.withObject("/spec").put("replica", 3),
                        "replica"),
                new Mistake(
                        "Deployment",
                        "case-service",
                        object -> object.withObject("/spec/template/spec/containers/0/securityContext")
                                .put("readOnlyRootFileSystem", true),
                        "readOnlyRootFileSystem"),
                new Mistake(
                        "Service",
                        "case-service",
                        object -> object.withObject("/spec").put("externalName", 5),
                        "externalName"),
                new Mistake(
                        "NetworkPolicy",
                        "case-service",
                        object -> object.withObject("/spec").put("policyTypes", "Ingress"),
                        "policyTypes"),
                new Mistake(
                        "Deployment",
                        "case-service",
                        object -> object.withObject("/spec/template/spec").put("restartPolicy", "Sometimes"),
                        "restartPolicy"),
                new Mistake(
                        "KafkaTopic",
                        "case-opened",
                        object -> object.withObject("/spec").put("partition", 3),
                        "partition"),
                new Mistake(
                        "KafkaUser",
                        "case",
                        object -> object.withObject("/spec/authentication").put("type", "plain"),
                        "type"),
                new Mistake(
                        "ScaledObject",
                        "case-service",
                        object -> object.withObject("/spec").put("maxReplicaCount", "six"),
                        "maxReplicaCount"),
                new Mistake(
                        "TriggerAuthentication",
                        "case-kafka",
                        object -> object.put("kind", "TriggerAuthentification"),
                        "no schema"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsTold(Mistake mistake) {
        var object = Overlay.of("production").copy().one(mistake.kind(), mistake.name());
        mistake.planted().accept(object);

        assertThat(schemas.problemsOf(List.of(object)))
                .isNotEmpty()
                .anySatisfy(problem -> assertThat(problem).contains(mistake.name(), mistake.told()));
    }
}
