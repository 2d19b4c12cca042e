package org.jikimi.local;

import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.jikimi.city.story.KeycloakTokens;
import org.jikimi.city.story.MailCounter;
import org.jikimi.city.story.Urls;

/** All parts of one stack: started together where they do not need each other, ended in the opposite order. */
final class Stack {
    /** A part that dies more often than this in one run stays down. */
    private static final int REVIVALS = 10;

    private final Ports ports;
    private final Secrets secrets;
    private final PrintStream console;
    private final Children children;
    private final Mail mail;
    private final List<Part> foundation;
    private final List<Part> services = new ArrayList<>();
    private final Map<String, Integer> revivals = new HashMap<>();

    Stack(Layout layout, Ports ports, Secrets secrets, PrintStream console) {
        this.ports = ports;
        this.secrets = secrets;
        this.console = console;
        this.children = new Children(layout);
        this.mail = new Mail(ports.smtp());
        this.foundation = List.of(
                new Postgres(layout, ports.postgres(), secrets, children),
                new Kafka(layout, ports, secrets, children),
                new Keycloak(layout, ports.keycloak(), secrets, children),
                mail);
        for (var service : Service.values()) {
            services.add(new ServicePart(service, layout, ports, secrets, children));
        }
    }

    /** Starts PostgreSQL, Kafka, Keycloak and SMTP, all at the same time. */
    void startFoundation() {
        start(foundation);
    }

    void startServices() {
        start(services);
    }

    /** Ends every part; may be called again, and while parts are starting. */
    void stop() {
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

    Urls urls() {
        return new Urls(url(Service.SCREENING), url(Service.CASE), url(Service.REFERRAL), url(Service.NOTIFICATION));
    }

    KeycloakTokens tokens() {
        return new KeycloakTokens(local(ports.keycloak()), secrets.sampleUsers());
    }

    MailCounter mails() {
        return mail;
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
        var seconds = (System.nanoTime() - before) / 1e9;
        console.printf(Locale.ROOT, "  %-22s ready after %5.1f s  %s%n", part.name(), seconds, part.address());
    }

    /** Starts a part again that ends while the stack is up, as whoever runs it in earnest would. */
    private void watch(Part part) {
        children.of(part.name())
                .ifPresent(child -> Thread.ofVirtual().start(() -> {
                    var ended = child.process().onExit().join();
                    revive(part, ended.exitValue());
                }));
    }

    private void revive(Part part, int exit) {
        if (isEnding()) {
            return;
        }
        synchronized (revivals) {
            if (revivals.merge(part.name(), 1, Integer::sum) > REVIVALS) {
                console.printf("  %-22s ended with code %d once more, and stays down%n", part.name(), exit);
                return;
            }
        }
        console.printf("  %-22s ended with code %d, is started again%n", part.name(), exit);
        try {
            startTimed(part);
            watch(part);
        } catch (StackFailure failure) {
            if (!isEnding()) {
                console.println("  " + failure.getMessage());
            }
        }
    }

    private static void stop(List<Part> parts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> threads.execute(part::stop));
        }
    }
}
