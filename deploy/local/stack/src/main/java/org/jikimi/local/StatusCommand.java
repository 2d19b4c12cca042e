package org.jikimi.local;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what runs. */
@Command(
        name = "status",
        description = "Shows each part: its port, process, for how long it has run and whether it is ready. "
                + "The exit code is 0 if all are ready, else 1.")
final class StatusCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Override
    public Integer call() {
        var layout = where.layout();
        var ports = layout.ports().byPart();
        var launcher = RunRecord.read(layout.run(), "launcher").flatMap(RunRecord::process);
        System.out.printf("%-22s %6s %8s %9s  %s%n", "PART", "PORT", "PROCESS", "UP", "STATE");
        var allReady = true;
        for (var part : ports.entrySet()) {
            if (part.getKey().equals("kafka-controller")) {
                continue;
            }
            var process = part.getKey().equals("smtp")
                    ? launcher
                    : RunRecord.read(layout.run(), part.getKey()).flatMap(RunRecord::process);
            var ready = process.isPresent() && isReady(part.getKey(), part.getValue());
            allReady &= ready;
            System.out.printf(
                    "%-22s %6d %8s %9s  %s%n",
                    part.getKey(),
                    part.getValue(),
                    process.map(running -> String.valueOf(running.pid())).orElse("-"),
                    process.flatMap(running -> running.info().startInstant())
                            .map(StatusCommand::since)
                            .orElse("-"),
                    ready ? "ready" : process.isPresent() ? "not ready" : "down");
        }
        return allReady ? 0 : 1;
    }

    private static boolean isReady(String part, int port) {
        if (part.equals("keycloak")) {
            return Http.isOk("http://127.0.0.1:" + port + "/realms/jikimi/.well-known/openid-configuration");
        }
        return part.endsWith("-service")
                ? Http.isOk("http://127.0.0.1:" + port + "/q/health/ready")
                : !Ports.isFree(port);
    }

    private static String since(Instant start) {
        var up = Duration.between(start, Instant.now());
        return "%d:%02d:%02d".formatted(up.toHours(), up.toMinutesPart(), up.toSecondsPart());
    }
}
