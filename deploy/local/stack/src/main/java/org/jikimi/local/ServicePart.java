package org.jikimi.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of the four services. */
final class ServicePart implements Part {
    private static final Duration START_WITHIN = Duration.ofMinutes(3);

    private final Service service;
    private final Layout layout;
    private final Ports ports;
    private final Secrets secrets;
    private final Children children;
    private final List<String> flags;

    /**
     * @param flags of its JVM, beside those that it always has
     */
    ServicePart(Service service, Layout layout, Ports ports, Secrets secrets, Children children, List<String> flags) {
        this.service = service;
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
        this.children = children;
        this.flags = List.copyOf(flags);
    }

    @Override
    public String name() {
        return service.module();
    }

    @Override
    public String address() {
        return "http://127.0.0.1:" + ports.of(service);
    }

    @Override
    public void start() {
        children.turnLog(name());
        var config = secrets.handOver(service, ports, layout);
        var always = Stream.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
        var command = Jvm.command(
                Stream.concat(always, flags.stream()).toList(),
                "-jar",
                layout.serviceJar(service).toString());
        var child = children.start(
                name(),
                command,
                Map.of("SMALLRYE_CONFIG_LOCATIONS", config.toUri().toString()),
                RunRecord.Signal.TERM);
        Http.await(address() + "/q/health/ready", child, START_WITHIN);
    }

    @Override
    public void stop() {
        children.end(name());
    }
}
