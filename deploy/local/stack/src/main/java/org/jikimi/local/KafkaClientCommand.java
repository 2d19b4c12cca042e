package org.jikimi.local;

import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints how a source of signals comes into Kafka. */
@Command(
        name = "kafka-client",
        description =
                "Prints the options of a Kafka client of a source of signals, in the format of properties. It holds"
                        + " a password: keep it in a file that you alone can read.")
final class KafkaClientCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Parameters(index = "0", paramLabel = "SOURCE", description = "such as clinic, power-utility or welfare-office")
    private String source = "";

    @Override
    public Integer call() {
        var layout = where.layout();
        var secrets = layout.knownSecrets();
        if (!KafkaSetup.signalSources().contains(source)) {
            throw new StackFailure("No agency called \"" + source + "\" sends signals: they are "
                    + String.join(", ", KafkaSetup.signalSources()) + ".");
        }
        var agency = KafkaSetup.agency(source);
        var address = "127.0.0.1:" + layout.ports().kafka();
        var options = new TreeMap<>(KafkaConfig.client(address, agency, secrets.ofAgency(source)));
        options.put("group.id", agency);
        options.forEach((name, value) -> System.out.println(name + "=" + value));
        return 0;
    }
}
