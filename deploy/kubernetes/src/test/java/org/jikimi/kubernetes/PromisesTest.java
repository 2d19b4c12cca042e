package org.jikimi.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jikimi.local.Service;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays keep what the platform promises, and a manifest that does not is found out. */
class PromisesTest {
    static Stream<Overlay> overlays() {
        return Overlay.all();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyPromiseIsKept(Overlay overlay) {
        assertThat(Promises.brokenBy(overlay)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyServiceIsReachedWhereItListens(Service service) throws IOException {
        var settings = new Properties();
        try (InputStream file = Files.newInputStream(
                Overlay.ROOT.resolve(service.module() + "/src/main/resources/application.properties"))) {
            settings.load(file);
        }
        var port = Integer.parseInt(settings.getProperty("quarkus.http.port"));
        var production = Overlay.of("production");

        assertThat(production
                        .one("Deployment", service.module())
                        .at("/spec/template/spec/containers/0/ports/0/containerPort")
                        .asInt())
                .isEqualTo(port);
        assertThat(production
                        .one("Service", service.module())
                        .at("/spec/ports/0/port")
                        .asInt())
                .isEqualTo(port);
    }

    record Breach(String promise, UnaryOperator<Overlay> planted) {
        @Override
        public String toString() {
            return promise;
        }
    }

    static Stream<Breach> breaches() {
        var pod = "/spec/template/spec";
        var container = pod + "/containers/0";
        return Stream.of(
                in("startupProbe by case-service", container, it -> it.remove("startupProbe")),
                in("livenessProbe by case-service", container, it -> it.remove("livenessProbe")),
                in("readinessProbe by case-service", container, it -> it.remove("readinessProbe")),
                in("memory is limited by case-service", container + "/resources", it -> it.remove("limits")),
                in(
                        "processor time is requested by case-service",
                        container + "/resources/requests",
                        it -> it.remove("cpu")),
                in("root is refused by case-service", pod + "/securityContext", it -> it.remove("runAsNonRoot")),
                in(
                        "system calls are filtered by case-service",
                        pod + "/securityContext",
                        it -> it.remove("seccompProfile")),
                in("nothing of the node is shared by case-service", pod, it -> it.put("hostNetwork", true)),
                in(
                        "the root file system is read-only by case-service",
                        container + "/securityContext",
                        it -> it.put("readOnlyRootFilesystem", false)),
                in(
                        "all capabilities are dropped by case-service",
                        container + "/securityContext/capabilities",
                        it -> it.putArray("drop").add("NET_RAW")),
                in(
                        "no more rights can be had by case-service",
                        container + "/securityContext",
                        it -> it.remove("allowPrivilegeEscalation")),
                in("an account of its own is used by case-service", pod, it -> it.put("serviceAccountName", "default")),
                in("the number of replicas is left to scaling by case-service", "/spec", it -> it.put("replicas", 3)),
                in("the image has a version by case-service", container, it -> it.put("image", "jikimi/case-service")),
                without("an account of its own is had by case-service", "ServiceAccount", "case-service"),
                without("disruption is budgeted by case-service", "PodDisruptionBudget", "case-service"),
                without("the network is closed by case-service", "NetworkPolicy", "case-service"),
                without("all traffic is denied that nothing allows", "NetworkPolicy", "default-deny"),
                without(
                        "a way is open to the collector of traces where one is named, and only there",
                        "NetworkPolicy",
                        "traces"),
                in("spans go to the collector that is named, of case-service", container, it -> it.putArray("env")),
                without("one rule scales by case-service", "ScaledObject", "case-service"),
                without("a database of its own is had by case-service", "Cluster", "case-db"),
                without("case-service is deployed", "Deployment", "case-service"),
                in(
                        "no secret is in a variable, as JIKIMI_DB_APP_PASSWORD",
                        container,
                        it -> variable(it).put("name", "JIKIMI_DB_APP_PASSWORD").put("value", "x")),
                in(
                        "no clock is simulated by case-service",
                        container,
                        it -> variable(it).put("name", "JIKIMI_CLOCK_SIMULATED").put("value", "true")),
                in("production is run in its profile by case-service", container, it -> it.putArray("env")),
                in(
                        "its own lag scales by case-service",
                        "ScaledObject",
                        "case-service",
                        "/spec/triggers/0/metadata",
                        it -> it.put("consumerGroup", "screening")),
                in(
                        "topics that it hears scale by case-service",
                        "ScaledObject",
                        "case-service",
                        "/spec/triggers/0/metadata",
                        it -> it.put("topic", "CaseOpened")),
                in(
                        "two run of case-service",
                        "ScaledObject",
                        "case-service",
                        "/spec",
                        it -> it.put("minReplicaCount", 1)),
                in("a commit waits for a copy in case-db", "Cluster", "case-db", "/spec", it -> it.put("instances", 1)),
                in(
                        "two copies acknowledge in case-opened",
                        "KafkaTopic",
                        "case-opened",
                        "/spec",
                        it -> it.put("replicas", 1)),
                in(
                        "Kafka is reached through TLS",
                        "Kafka",
                        "jikimi",
                        "/spec/kafka/listeners/0",
                        it -> it.put("tls", false)),
                new Breach("no secret stands in a manifest", overlay -> overlay.with(object("Secret"))),
                new Breach(
                        "no sample login is brought by KeycloakRealmImport planted",
                        overlay -> overlay.with(object("KeycloakRealmImport"))));
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void aBrokenPromiseIsTold(Breach breach) {
        var broken = breach.planted().apply(Overlay.of("production").copy());

        assertThat(Promises.brokenBy(broken)).contains(breach.promise());
    }

    private static Breach in(String promise, String where, Consumer<ObjectNode> change) {
        return in(promise, "Deployment", "case-service", where, change);
    }

    private static Breach in(String promise, String kind, String name, String where, Consumer<ObjectNode> change) {
        return new Breach(promise, overlay -> {
            change.accept((ObjectNode) overlay.one(kind, name).at(where));
            return overlay;
        });
    }

    private static Breach without(String promise, String kind, String name) {
        return new Breach(promise, overlay -> {
            var gone = overlay.one(kind, name);
            return new Overlay(
                    overlay.name(),
                    overlay.objects().stream()
                            .filter(object -> !object.equals(gone))
                            .toList());
        });
    }

    private static ObjectNode variable(ObjectNode container) {
        return ((ArrayNode) container.path("env")).addObject();
    }

    private static ObjectNode object(String kind) {
        var object = JsonNodeFactory.instance.objectNode().put("kind", kind);
        object.putObject("metadata").put("name", "planted");
        return object;
    }
}
