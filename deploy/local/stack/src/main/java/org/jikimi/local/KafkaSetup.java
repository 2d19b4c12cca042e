package org.jikimi.local;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
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
import org.jikimi.contracts.EventTypes;

/**
 * Topics, users and rights: a service writes the events that it produces and its own dead letters, reads the events of
 * all services, keeps its relay's mark, and uses the consumer groups that begin with its name. All else is refused.
 */
final class KafkaSetup {
    static final int PARTITIONS = 4;
    private static final short ONE_BROKER = 1;
    /** Of a mark only the newest counts; small segments are what compaction can work on. */
    private static final Map<String, String> MARKS = Map.of(
            "cleanup.policy", "compact",
            "segment.bytes", "1048576",
            "min.cleanable.dirty.ratio", "0.1");

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
            admin.createAcls(rights()).all().get();
            createTopics();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("The setting up of Kafka was interrupted.", e);
        } catch (ExecutionException e) {
            throw new StackFailure("Topics and users of Kafka cannot be made: " + e.getMessage() + ".", e);
        }
    }

    /** Every topic of the platform: one for each event, and the dead letters of each for each service. */
    static Set<String> topics() {
        var topics = new LinkedHashSet<String>();
        for (var event : EventTypes.all()) {
            topics.add(event.topic());
            for (var service : Service.values()) {
                topics.add(service.key() + "." + event.topic() + ".dlq");
            }
        }
        return topics;
    }

    private void createUsers() throws InterruptedException, ExecutionException {
        var users = new ArrayList<UserScramCredentialAlteration>();
        for (var service : Service.values()) {
            users.add(new UserScramCredentialUpsertion(
                    service.key(),
                    new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                    secrets.of(service, "kafka")));
        }
        admin.alterUserScramCredentials(users).all().get();
    }

    /** Where the service's relay keeps how far its database has come. */
    static String markTopic(Service service) {
        return service.key() + ".relay-mark";
    }

    private void createTopics() throws InterruptedException, ExecutionException {
        var wanted = new ArrayList<NewTopic>();
        topics().forEach(topic -> wanted.add(new NewTopic(topic, PARTITIONS, ONE_BROKER)));
        for (var service : Service.values()) {
            wanted.add(new NewTopic(markTopic(service), 1, ONE_BROKER).configs(MARKS));
        }
        var known = admin.listTopics().names().get();
        wanted.removeIf(topic -> known.contains(topic.name()));
        admin.createTopics(wanted).all().get();
    }

    private List<AclBinding> rights() {
        var rights = new ArrayList<AclBinding>();
        for (var service : Service.values()) {
            for (var event : EventTypes.producedBy(service.key())) {
                rights.add(right(service, ResourceType.TOPIC, PatternType.LITERAL, event.topic(), AclOperation.WRITE));
            }
            for (var event : EventTypes.all()) {
                rights.add(right(service, ResourceType.TOPIC, PatternType.LITERAL, event.topic(), AclOperation.READ));
            }
            var own = service.key();
            rights.add(right(service, ResourceType.TOPIC, PatternType.PREFIXED, own + ".", AclOperation.READ));
            rights.add(right(service, ResourceType.TOPIC, PatternType.PREFIXED, own + ".", AclOperation.WRITE));
            rights.add(right(service, ResourceType.GROUP, PatternType.PREFIXED, own, AclOperation.READ));
        }
        return rights;
    }

    private AclBinding right(
            Service service, ResourceType type, PatternType pattern, String name, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + service.key(), clientHost, operation, AclPermissionType.ALLOW));
    }
}
