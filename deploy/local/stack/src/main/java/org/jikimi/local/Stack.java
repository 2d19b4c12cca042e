package org.jikimi.local;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.jikimi.city.story.KeycloakTokens;
import org.jikimi.city.story.LedgerResult;
import org.jikimi.city.story.MailCounter;
import org.jikimi.city.story.Urls;

/**
 * All parts of one stack: started together where they do not need each other, ended in the opposite order. A part that
 * dies meanwhile is started again.
 */
public final class Stack {
    /** A part that dies more often than this within {@link #MEMORY} stays down. */
    private static final int REVIVALS = 10;

    private static final Duration MEMORY = Duration.ofMinutes(10);
    private static final int BEFORE_THE_NEXT_TRY_MILLIS = 1_000;

    private final Layout layout;
    private final Ports ports;
    private final Secrets secrets;
    private final PrintStream console;
    private final Children children;
    private final Mail mail;
    private final KeycloakTokens tokens;
    private final List<Part> foundation;
    private final List<Part> services = new ArrayList<>();
    private final Map<String, List<Long>> deaths = new HashMap<>();
    private final Set<String> up = ConcurrentHashMap.newKeySet();
    private final Set<String> killed = ConcurrentHashMap.newKeySet();

    /**
     * A stack on free ports, as a test wants it: its services live for minutes, so they start on the JVM's first
     * compiler alone, which spares half of a start's processor time.
     *
     * @param root the repository, built
     * @param data its data directory, made if need be
     * @param realm the realm that a new data directory begins with
     * @param console where starts and deaths of parts are told
     * @throws StackFailure if the data directory cannot be
     */
    public static Stack onFreePorts(Path root, Path data, Path realm, PrintStream console) {
        var layout = new Layout(root, data, realm);
        layout.prepare();
        var ports = Ports.free();
        layout.writePorts(ports);
        return new Stack(layout, ports, Secrets.in(layout.secrets()), console, List.of("-XX:TieredStopAtLevel=1"));
    }

    Stack(Layout layout, Ports ports, Secrets secrets, PrintStream console) {
        this(layout, ports, secrets, console, List.of());
    }

    private Stack(Layout layout, Ports ports, Secrets secrets, PrintStream console, List<String> serviceFlags) {
        this.layout = layout;
        this.ports = ports;
        this.secrets = secrets;
        this.console = console;
        this.children = new Children(layout);
        this.mail = new Mail(ports.smtp());
        this.tokens = new KeycloakTokens(local(ports.keycloak()), secrets.sampleUsers());
        this.foundation = List.of(
                new Postgres(layout, ports.postgres(), secrets, children),
                new Kafka(layout, ports, secrets, children),
                new Keycloak(layout, ports.keycloak(), secrets, children),
                mail);
        for (var service : Service.values()) {
            services.add(new ServicePart(service, layout, ports, secrets, children, serviceFlags));
        }
    }

    /**
     * Starts PostgreSQL, Kafka, Keycloak and SMTP, all at the same time.
     *
     * @throws StackFailure if one of them does not start
     */
    public void startFoundation() {
        start(foundation);
    }

    /**
     * Starts the four services, all at the same time.
     *
     * @throws StackFailure if one of them does not start
     */
    public void startServices() {
        start(services);
    }

    /** Ends every part; may be called again, and while parts are starting. */
    public void stop() {
        children.close();
        stop(services);
        stop(foundation);
    }

    boolean isEnding() {
        return children.isClosed();
    }

    void tellAddresses() {
        for (var part : services) {
            console.printf("  %-22s %s/q/openapi%n", part.name(), part.address());
        }
    }

    /** Ends the process of a part at once, as kill -9 does; it is started again, however often. */
    public void kill(String part) {
        killed.add(part);
        children.of(part).orElseThrow().process().destroyForcibly();
    }

    /** Whether a part has answered since it was started last, and still runs. */
    public boolean isUp(String part) {
        return up.contains(part) && processOf(part).isPresent();
    }

    /** The running process of a part; empty while it has none. */
    public Optional<ProcessHandle> processOf(String part) {
        return children.of(part).map(child -> child.process().toHandle()).filter(ProcessHandle::isAlive);
    }

    /** Every process that this stack has running. */
    public List<ProcessHandle> processes() {
        return RunRecord.all(layout.run()).stream()
                .flatMap(record -> record.process().stream())
                .toList();
    }

    /** The directory of the parts' logs, {@code PART.log} and of the run before {@code PART.log.1}. */
    public Path logs() {
        return layout.logs();
    }

    /** What a Kafka client needs to come in as the administrator, who may do everything. */
    public Map<String, Object> kafkaAdministrator() {
        return KafkaConfig.client("127.0.0.1:" + ports.kafka(), KafkaConfig.ADMIN, secrets.kafkaAdmin());
    }

    /** What a Kafka client of a source of signals needs, such as {@code clinic}. */
    public Map<String, Object> kafkaAgency(String source) {
        return KafkaConfig.client("127.0.0.1:" + ports.kafka(), KafkaSetup.agency(source), secrets.ofAgency(source));
    }

    /** Where Keycloak answers. */
    public URI keycloak() {
        return local(ports.keycloak());
    }

    /** The one password of the sample users. */
    public String sampleUsersPassword() {
        return secrets.sampleUsers();
    }

    /** Where the services answer. */
    public Urls urls() {
        return new Urls(url(Service.SCREENING), url(Service.CASE), url(Service.REFERRAL), url(Service.NOTIFICATION));
    }

    /** Tokens of the sample users, each held for as long as it is good. */
    public KeycloakTokens tokens() {
        return tokens;
    }

    /** What the SMTP server took in. */
    public MailCounter mails() {
        return mail;
    }

    /**
     * Plays a quarter of a synthetic city and counts from outside what came of it.
     *
     * @param children how many it has, from 10
     * @param seed the same seed is the same city, also on kept data
     * @param firstHousehold number of its first household; apart from those of other cities in this stack
     * @param weeks weeks of the simulated clock that it lasts
     * @param told where the story is told
     * @throws StackFailure if it broke off
     */
    public LedgerResult play(long children, long seed, long firstHousehold, int weeks, PrintStream told) {
        return CityStory.of(layout, children, seed, firstHousehold).play(layout, this, weeks, told);
    }

    private URI url(Service service) {
        return local(ports.of(service));
    }

    private static URI local(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private void start(List<Part> parts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = parts.stream()
                    .map(part -> CompletableFuture.runAsync(() -> startTimed(part), threads))
                    .toList();
            var firstFailure = new CompletableFuture<Void>();
            starts.forEach(start -> start.exceptionally(failure -> {
                firstFailure.completeExceptionally(failure);
                return null;
            }));
            try {
                CompletableFuture.anyOf(firstFailure, CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)))
                        .join();
            } catch (CompletionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof StackFailure failure ? failure : e;
            }
        }
        parts.forEach(this::watch);
    }

    private void startTimed(Part part) {
        var before = System.nanoTime();
        part.start();
        up.add(part.name());
        var seconds = (System.nanoTime() - before) / 1e9;
        console.printf(Locale.ROOT, "  %-22s ready after %5.1f s  %s%n", part.name(), seconds, part.address());
    }

    /** Starts a part again that ends while the stack is up, as whoever runs it in earnest would. */
    private void watch(Part part) {
        children.of(part.name())
                .ifPresent(child -> Thread.ofVirtual().start(() -> {
                    var ended = child.process().onExit().join();
                    up.remove(part.name());
                    revive(part, "ended with code " + ended.exitValue());
                }));
    }

    /** What a part needs may be away too when it is started again, so it is tried more than once. */
    private void revive(Part part, String end) {
        var how = end;
        while (!isEnding()) {
            if (!killed.remove(part.name()) && diedTooOften(part)) {
                console.printf("  %-22s %s once more, and stays down%n", part.name(), how);
                return;
            }
            console.printf("  %-22s %s, is started again%n", part.name(), how);
            try {
                startTimed(part);
                watch(part);
                return;
            } catch (StackFailure failure) {
                if (!isEnding()) {
                    console.println("  " + failure.getMessage());
                    part.stop();
                    Pause.ofMillis(BEFORE_THE_NEXT_TRY_MILLIS);
                }
                how = "did not start";
            }
        }
    }

    private synchronized boolean diedTooOften(Part part) {
        var now = System.nanoTime();
        var remembered = deaths.computeIfAbsent(part.name(), name -> new ArrayList<>());
        remembered.removeIf(death -> now - death > MEMORY.toNanos());
        remembered.add(now);
        return remembered.size() > REVIVALS;
    }

    private static void stop(List<Part> parts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> threads.execute(part::stop));
        }
    }
}
