package org.jikimi.local;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes topics, users and rights in a broker that runs elsewhere; a step of {@code docker-compose.yml}. */
@Command(name = "kafka-setup", hidden = true, description = "Makes topics, users and rights in a running Kafka.")
final class KafkaSetupCommand implements Callable<Integer> {
    @Option(names = "--bootstrap", required = true, description = "host and port of the broker")
    private String bootstrap = "";

    @Option(names = "--secrets", required = true, description = "directory of stack.properties")
    private Path secrets = Path.of("");

    @Override
    public Integer call() {
        var known = Secrets.in(secrets);
        try (var admin = Admin.create(KafkaConfig.client(bootstrap, KafkaConfig.ADMIN, known.kafkaAdmin()))) {
            new KafkaSetup(admin, known, "*").apply();
        }
        return 0;
    }
}
