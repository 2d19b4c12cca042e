package org.jikimi.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jikimi.contracts.EventTypes;
import org.jikimi.local.Service;

/** What every installation promises, and which of it an overlay breaks. */
final class Promises {
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|private|_key).*");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("(?is).*(password=|BEGIN [A-Z ]*PRIVATE KEY|Bearer ).*");
    private static final String NAME_LABEL = "app.kubernetes.io/name";

    private final Overlay overlay;
    private final List<String> broken = new ArrayList<>();

    private Promises(Overlay overlay) {
        this.overlay = overlay;
    }

    static List<String> brokenBy(Overlay overlay) {
        var promises = new Promises(overlay);
        for (var service : Service.values()) {
            promises.ofService(service);
        }
        promises.require(
                overlay.ofKind("Deployment").size() == Service.values().length, "only the four services are deployed");
        promises.ofSecrets();
        promises.ofNetwork();
        promises.ofKafka();
        if (overlay.name().equals("production")) {
            promises.ofProduction();
        }
        return List.copyOf(promises.broken);
    }

    private void ofService(Service service) {
        var name = service.module();
        if (!overlay.has("Deployment", name)) {
            broken.add(name + " is deployed");
            return;
        }
        var deployment = overlay.one("Deployment", name);
        var pod = deployment.at("/spec/template/spec");
        var container = pod.at("/containers/0");
        var by = " by " + name;

        for (var probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            require(container.at("/" + probe + "/httpGet/path").asText().startsWith("/q/health/"), probe + by);
        }
        require(container.at("/resources/requests").hasNonNull("cpu"), "processor time is requested" + by);
        require(container.at("/resources/requests").hasNonNull("memory"), "memory is requested" + by);
        require(container.at("/resources/limits").hasNonNull("memory"), "memory is limited" + by);
        ofRestrictedPod(pod, by);

        require(pod.path("serviceAccountName").asText().equals(name), "an account of its own is used" + by);
        require(overlay.has("ServiceAccount", name), "an account of its own is had" + by);
        require(isFalse(pod.path("automountServiceAccountToken")), "no token of the API is mounted" + by);
        require(selects("PodDisruptionBudget", "/spec/selector/matchLabels", name), "disruption is budgeted" + by);
        require(selects("NetworkPolicy", "/spec/podSelector/matchLabels", name), "the network is closed" + by);
        require(overlay.has("Service", name), "a service is offered" + by);
        require(!isLatest(container.path("image").asText()), "the image has a version" + by);
        ofScaling(service, deployment, by);
        ofDatabase(service, by);
    }

    private void ofRestrictedPod(JsonNode pod, String by) {
        var context = pod.path("securityContext");
        require(isTrue(context.path("runAsNonRoot")), "root is refused" + by);
        require(context.path("runAsUser").asLong() > 0, "a user without rights is taken" + by);
        require(context.at("/seccompProfile/type").asText().equals("RuntimeDefault"), "system calls are filtered" + by);
        for (var host : List.of("hostNetwork", "hostPID", "hostIPC")) {
            require(!isTrue(pod.path(host)), "nothing of the node is shared" + by);
        }
        pod.path("volumes").forEach(volume -> require(!volume.has("hostPath"), "nothing of the node is mounted" + by));
        for (var kind : List.of("containers", "initContainers")) {
            pod.path(kind).forEach(container -> {
                var own = container.path("securityContext");
                require(isTrue(own.path("readOnlyRootFilesystem")), "the root file system is read-only" + by);
                require(isFalse(own.path("allowPrivilegeEscalation")), "no more rights can be had" + by);
                require(!isTrue(own.path("privileged")), "no privilege is had" + by);
                require(own.at("/capabilities/drop/0").asText().equals("ALL"), "all capabilities are dropped" + by);
                require(own.at("/capabilities/add").isMissingNode(), "no capability is added" + by);
            });
        }
    }

    private void ofScaling(Service service, JsonNode deployment, String by) {
        require(!deployment.path("spec").has("replicas"), "the number of replicas is left to scaling" + by);
        var scaling = overlay.ofKind("ScaledObject").stream()
                .filter(object ->
                        object.at("/spec/scaleTargetRef/name").asText().equals(service.module()))
                .toList();
        require(scaling.size() == 1, "one rule scales" + by);
        for (var rule : scaling) {
            var triggers = rule.at("/spec/triggers");
            require(!triggers.isEmpty(), "lag scales" + by);
            for (var trigger : triggers) {
                var told = trigger.path("metadata");
                require(
                        trigger.path("type").asText().equals("apache-kafka") && told.hasNonNull("lagThreshold"),
                        "lag scales" + by);
                if (!isOfSignals(service, told)) {
                    require(told.path("consumerGroup").asText().equals(service.key()), "its own lag scales" + by);
                    require(hears(service, told.path("topic").asText()), "topics that it hears scale" + by);
                }
                require(
                        overlay.has(
                                "TriggerAuthentication",
                                trigger.at("/authenticationRef/name").asText()),
                        "lag is read with a login" + by);
            }
        }
    }

    /** The group that reads what agencies send, whatever their topics are. */
    private static boolean isOfSignals(Service service, JsonNode told) {
        return service == Service.SCREENING
                && told.path("consumerGroup").asText().equals("screening.signals")
                && !told.hasNonNull("topic");
    }

    private boolean hears(Service service, String topic) {
        return EventTypes.all().stream()
                .anyMatch(type -> type.topic().equals(topic) && !type.producer().equals(service.key()));
    }

    private void ofDatabase(Service service, String by) {
        var name = service.key() + "-db";
        if (!overlay.has("Cluster", name)) {
            broken.add("a database of its own is had" + by);
            return;
        }
        var database = overlay.one("Cluster", name);
        require(
                database.at("/spec/bootstrap/initdb/secret").hasNonNull("name"),
                "the owner's password is referred to" + by);
        database.at("/spec/managed/roles").forEach(role -> {
            require(role.path("passwordSecret").hasNonNull("name"), "the role's password is referred to" + by);
            require(!isTrue(role.path("superuser")) && !isTrue(role.path("bypassrls")), "the role has few rights" + by);
        });
        require(
                selects("NetworkPolicy", "/spec/podSelector/matchLabels", "cnpg.io/cluster", name),
                "the network of the database is closed" + by);
    }

    private void ofSecrets() {
        require(overlay.ofKind("Secret").isEmpty(), "no secret stands in a manifest");
        for (var deployment : overlay.ofKind("Deployment")) {
            deployment
                    .findValues("env")
                    .forEach(variables -> variables.forEach(variable -> {
                        var name = variable.path("name").asText();
                        require(!SECRET_NAME.matcher(name).matches(), "no secret is in a variable, as " + name);
                        require(
                                !variable.at("/valueFrom/secretKeyRef").isObject(),
                                "no secret is in a variable, as " + name);
                        require(
                                !SECRET_VALUE
                                        .matcher(variable.path("value").asText())
                                        .matches(),
                                "no secret is in a variable, as " + name);
                    }));
        }
        for (var config : overlay.ofKind("ConfigMap")) {
            config.path("data")
                    .properties()
                    .forEach(entry -> require(
                            !SECRET_NAME.matcher(entry.getKey()).matches()
                                    && !SECRET_VALUE
                                            .matcher(entry.getValue().asText())
                                            .matches(),
                            "no secret is in a ConfigMap, as " + entry.getKey()));
        }
    }

    private void ofNetwork() {
        require(
                overlay.ofKind("NetworkPolicy").stream()
                        .anyMatch(policy -> policy.at("/spec/podSelector").isEmpty()
                                && policy.at("/spec/policyTypes").size() == 2
                                && !policy.path("spec").has("ingress")
                                && !policy.path("spec").has("egress")),
                "all traffic is denied that nothing allows");
        overlay.ofKind("Namespace")
                .forEach(namespace -> require(
                        namespace
                                .at("/metadata/labels/pod-security.kubernetes.io~1enforce")
                                .asText()
                                .equals("restricted"),
                        "the namespace takes restricted pods alone"));
        ofTraces();
    }

    private void ofTraces() {
        var named = overlay.ofKind("ConfigMap").stream()
                .anyMatch(config -> config.path("data").has("traces-endpoint"));
        require(
                named == overlay.has("NetworkPolicy", "traces"),
                "a way is open to the collector of traces where one is named, and only there");
        for (var deployment : overlay.ofKind("Deployment")) {
            var told = stream(deployment.at("/spec/template/spec/containers/0/env"))
                    .anyMatch(variable -> variable.path("name").asText().equals("JIKIMI_TRACES_ENDPOINT"));
            require(named == told, "spans go to the collector that is named, of " + Overlay.nameOf(deployment));
        }
    }

    private void ofKafka() {
        for (var kafka : overlay.ofKind("Kafka")) {
            kafka.at("/spec/kafka/listeners").forEach(listener -> {
                require(isTrue(listener.path("tls")), "Kafka is reached through TLS");
                require(listener.at("/authentication/type").asText().equals("scram-sha-512"), "Kafka asks for a login");
            });
            require(kafka.at("/spec/kafka/authorization/type").asText().equals("simple"), "Kafka asks for rights");
            require(isFalse(kafka.at("/spec/kafka/config/auto.create.topics.enable")), "no topic comes by itself");
        }
    }

    private void ofProduction() {
        for (var deployment : overlay.ofKind("Deployment")) {
            var variables = deployment.at("/spec/template/spec/containers/0/env");
            require(
                    stream(variables)
                            .anyMatch(variable -> variable.path("name").asText().equals("QUARKUS_PROFILE")
                                    && List.of(variable.path("value").asText().split(",", -1))
                                            .contains("production")),
                    "production is run in its profile by " + Overlay.nameOf(deployment));
            require(
                    stream(variables)
                            .noneMatch(
                                    variable -> variable.path("name").asText().startsWith("JIKIMI_CLOCK")),
                    "no clock is simulated by " + Overlay.nameOf(deployment));
        }
        for (var object : overlay.objects()) {
            var text = object.toString();
            require(
                    !text.contains("jikimi-cli")
                            && !text.contains("sample-users")
                            && !has(object, "KeycloakRealmImport"),
                    "no sample login is brought by " + Overlay.title(object));
        }
        overlay.ofKind("ConfigMap").stream()
                .filter(config -> config.path("data").has("oidc-url"))
                .forEach(config ->
                        require(config.at("/data/oidc-url").asText().startsWith("https://"), "logins go through TLS"));
        for (var database : overlay.ofKind("Cluster")) {
            require(
                    database.at("/spec/instances").asInt() >= 3
                            && database.at("/spec/postgresql/synchronous/number")
                                            .asInt()
                                    >= 1
                            && database.at("/spec/postgresql/synchronous/dataDurability")
                                    .asText()
                                    .equals("required"),
                    "a commit waits for a copy in " + Overlay.nameOf(database));
        }
        for (var topic : overlay.ofKind("KafkaTopic")) {
            require(
                    topic.at("/spec/replicas").asInt() == 3
                            && topic.at("/spec/config/min.insync.replicas").asInt() == 2,
                    "two copies acknowledge in " + Overlay.nameOf(topic));
        }
        for (var scaling : overlay.ofKind("ScaledObject")) {
            require(scaling.at("/spec/minReplicaCount").asInt() >= 2, "two run of " + Overlay.nameOf(scaling));
        }
    }

    private static boolean has(ObjectNode object, String kind) {
        return object.path("kind").asText().equals(kind);
    }

    private boolean selects(String kind, String where, String name) {
        return selects(kind, where, NAME_LABEL, name);
    }

    private boolean selects(String kind, String where, String label, String value) {
        return overlay.ofKind(kind).stream()
                .anyMatch(object -> object.at(where).path(label).asText().equals(value));
    }

    private static boolean isLatest(String image) {
        var name = image.substring(image.lastIndexOf('/') + 1);
        return !name.contains(":") || name.endsWith(":latest");
    }

    private static boolean isTrue(JsonNode value) {
        return value.isBoolean() && value.asBoolean();
    }

    private static boolean isFalse(JsonNode value) {
        return value.isBoolean() && !value.asBoolean();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private void require(boolean kept, String promise) {
        if (!kept && !broken.contains(promise)) {
            broken.add(promise);
        }
    }
}
