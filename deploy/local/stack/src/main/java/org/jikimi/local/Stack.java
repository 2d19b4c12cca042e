package org.jikimi.local;

import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;

/** All parts of one stack: started together where they do not need each other, ended in the opposite order. */
final class Stack {
    private final Layout layout;
    private final Children children;
    private final Keycloak keycloak;
    private final Mail mail;
    private final List<Part> foundation;
    private final List<Part> services = new ArrayList<>();
    private final Map<Service, URI> urls = new EnumMap<>(Service.class);
    private final Tokens tokens;
    private final PrintStream console;

    Stack(Layout layout, Ports ports, Secrets secrets, PrintStream console) {
        this.layout = layout;
        this.console = console;
        this.children = new Children(layout);
        this.keycloak = new Keycloak(layout, ports.keycloak(), secrets, children);
        this.mail = new Mail(ports.smtp());
        this.foundation = List.of(
                new Postgres(layout, ports.postgres(), secrets, children),
                new Kafka(layout, ports, secrets, children),
                keycloak,
                mail);
        for (var service : Service.values()) {
            var part = new ServicePart(service, layout, ports, secrets, children);
            services.add(part);
            urls.put(service, URI.create(part.address()));
        }
        this.tokens = new Tokens(keycloak.address(), secrets.sampleUsers());
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

    RunningStack running() {
        return new RunningStack(Map.copyOf(urls), tokens, mail, layout.clockOffset(), layout.data());
    }

    Children children() {
        return children;
    }

    private void start(List<Part> parts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var starts = parts.stream()
                    .map(part -> CompletableFuture.runAsync(() -> startTimed(part), threads))
                    .toArray(CompletableFuture<?>[]::new);
            firstFailureOrAll(starts).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StackFailure failure ? failure : e;
        }
    }

    /** Ends as soon as one part fails, without waiting for the others. */
    private static CompletableFuture<?> firstFailureOrAll(CompletableFuture<?>... starts) {
        var all = CompletableFuture.allOf(starts);
        var failures = Arrays.stream(starts)
                .map(start -> start.<Object>handle((done, failure) -> failure == null ? all : start)
                        .thenCompose(next -> (CompletableFuture<?>) next))
                .toArray(CompletableFuture<?>[]::new);
        return failures.length == 0 ? all : CompletableFuture.anyOf(failures);
    }

    private void startTimed(Part part) {
        var before = System.nanoTime();
        part.start();
        var seconds = (System.nanoTime() - before) / 1e9;
        console.printf(Locale.ROOT, "  %-22s ready after %5.1f s  %s%n", part.name(), seconds, part.address());
    }

    private static void stop(List<Part> parts) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            parts.forEach(part -> threads.execute(part::stop));
        }
    }
}
