package org.jikimi.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jikimi.city.Indicator;
import org.jikimi.contracts.EventTypes;

/**
 * Topics, users and rights: a service writes the events that it produces, reads those of the others, writes and reads the
 * topics that begin with its name, such as its dead letters and its relay's mark, and uses consumer groups that do. A
 * source of signals writes its own topic and reads what was rejected of it. All else is refused.
 */
public final class KafkaSetup {
    static final int PARTITIONS = 4;
    /** They are few, and stay in the order of each child. */
    private static final int OF_DEAD_LETTERS = 1;

    private static final short ONE_BROKER = 1;
    /** Of a mark only the newest counts; small segments are what compaction can work on. */
    private static final Map<String, String> MARKS = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "1048576",
            "min.cleanable.dirty.ratio", "0.1");

    /** Tells when the broker took a record, by which its word is as old as it is. */
    private static final Map<String, String> TAKEN_AT = Map.of("message.timestamp.type", "LogAppendTime");

    private final Admin admin;
    private final Secrets secrets;
    private final String clientHost;

    /**
     * @param clientHost the one address that clients may come from, or {@code *}
     */
    KafkaSetup(Admin admin, Secrets secrets, String clientHost) {
        this.admin = admin;
        this.secrets = secrets;
        this.clientHost = clientHost;
    }

    /** Makes what is missing; done again it changes nothing. */
    void apply() {
        try {
            createUsers();
            admin.createAcls(rights(clientHost)).all().get();
            createTopics();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("The setting up of Kafka was interrupted.", e);
        } catch (ExecutionException e) {
            throw new StackFailure("Topics and users of Kafka cannot be made: " + e.getMessage() + ".", e);
        }
    }

    /** Every topic of the platform: those of the events, of the sources of signals, and the marks of the relays. */
    public static Set<String> topics() {
        var topics = eventTopics();
        topics.addAll(signalTopics());
        for (var service : Service.values()) {
            topics.add(markTopic(service));
        }
        return topics;
    }

    /** One for each event, one for its dead letters in each service that hears it, and that of the ranges of rounds. */
    private static Set<String> eventTopics() {
        var topics = new LinkedHashSet<String>();
        topics.add(Service.SCREENING.key() + ".round-ranges");
        for (var event : EventTypes.all()) {
            topics.add(event.topic());
            for (var service : Service.values()) {
                if (!event.producer().equals(service.key())) {
                    topics.add(service.key() + "." + event.topic() + ".dlq");
                }
            }
        }
        return topics;
    }

    /** The kinds of agencies that send signals by Kafka: all but our own service, whose indicator comes of its events. */
    static List<String> signalSources() {
        return Indicator.sourceKinds().stream()
                .filter(kind -> !kind.equals(Service.CASE.module()))
                .toList();
    }

    private static List<String> signalTopics() {
        return signalSources().stream()
                .flatMap(source -> Stream.of("signals." + source, "signals.rejected." + source))
                .toList();
    }

    /** The Kafka user of a source of signals, and the group in which it reads; its login has the same name. */
    static String agency(String source) {
        return "agency-" + source;
    }

    private void createUsers() throws InterruptedException, ExecutionException {
        var users = new ArrayList<UserScramCredentialAlteration>();
        for (var service : Service.values()) {
            users.add(user(service.key(), secrets.of(service, "kafka")));
        }
        for (var source : signalSources()) {
            users.add(user(agency(source), secrets.ofAgency(source)));
        }
        admin.alterUserScramCredentials(users).all().get();
    }

    private static UserScramCredentialAlteration user(String name, String password) {
        return new UserScramCredentialUpsertion(
                name, new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096), password);
    }

    /** Where the service's relay keeps how far its database has come. */
    static String markTopic(Service service) {
        return service.key() + ".relay-mark";
    }

    private void createTopics() throws InterruptedException, ExecutionException {
        var wanted = new ArrayList<NewTopic>();
        eventTopics()
                .forEach(topic -> wanted.add(
                        new NewTopic(topic, topic.endsWith(".dlq") ? OF_DEAD_LETTERS : PARTITIONS, ONE_BROKER)));
        signalTopics().forEach(topic -> wanted.add(new NewTopic(topic, 1, ONE_BROKER).configs(TAKEN_AT)));
        for (var service : Service.values()) {
            wanted.add(new NewTopic(markTopic(service), 1, ONE_BROKER).configs(MARKS));
        }
        var known = admin.listTopics().names().get();
        wanted.removeIf(topic -> known.contains(topic.name()));
        admin.createTopics(wanted).all().get();
    }

    /**
     * What each service and each source may do; there is no other right.
     *
     * @param clientHost the one address that clients may come from, or {@code *}
     */
    public static List<AclBinding> rights(String clientHost) {
        var rights = new ArrayList<AclBinding>();
        for (var service : Service.values()) {
            var principal = new Principal("User:" + service.key(), clientHost);
            for (var event : EventTypes.all()) {
                var operation = event.producer().equals(service.key()) ? AclOperation.WRITE : AclOperation.READ;
                rights.add(principal.may(operation, ResourceType.TOPIC, PatternType.LITERAL, event.topic()));
            }
            var own = service.key();
            rights.add(principal.may(AclOperation.READ, ResourceType.TOPIC, PatternType.PREFIXED, own + "."));
            rights.add(principal.may(AclOperation.WRITE, ResourceType.TOPIC, PatternType.PREFIXED, own + "."));
            rights.add(principal.may(AclOperation.READ, ResourceType.GROUP, PatternType.PREFIXED, own));
        }
        rights.addAll(rightsOfSignals(clientHost));
        return rights;
    }

    private static List<AclBinding> rightsOfSignals(String clientHost) {
        var rights = new ArrayList<AclBinding>();
        var screening = new Principal("User:" + Service.SCREENING.key(), clientHost);
        rights.add(screening.may(AclOperation.READ, ResourceType.TOPIC, PatternType.PREFIXED, "signals."));
        rights.add(screening.may(AclOperation.WRITE, ResourceType.TOPIC, PatternType.PREFIXED, "signals.rejected."));
        for (var source : signalSources()) {
            var agency = new Principal("User:" + agency(source), clientHost);
            rights.add(agency.may(AclOperation.WRITE, ResourceType.TOPIC, PatternType.LITERAL, "signals." + source));
            var rejected = "signals.rejected." + source;
            rights.add(agency.may(AclOperation.READ, ResourceType.TOPIC, PatternType.LITERAL, rejected));
            rights.add(agency.may(AclOperation.READ, ResourceType.GROUP, PatternType.LITERAL, agency(source)));
        }
        return rights;
    }

    private record Principal(String name, String host) {
        AclBinding may(AclOperation operation, ResourceType type, PatternType pattern, String resource) {
            return new AclBinding(
                    new ResourcePattern(type, resource, pattern),
                    new AccessControlEntry(name, host, operation, AclPermissionType.ALLOW));
        }
    }
}
