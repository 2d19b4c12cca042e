package org.jikimi.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything and stays until Ctrl-C, or until the story is over. */
@Command(
        name = "up",
        description = "Starts PostgreSQL, Kafka, Keycloak, SMTP and the four services, and stays up until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Option(
            names = "--ports-from",
            paramLabel = "P",
            description = "use the nine ports from P upward instead of the usual ones")
    private @Nullable Integer portsFrom;

    @Option(names = "--once", description = "play the story of a synthetic city, show what happened, and end")
    private boolean once;

    @Option(
            names = "--children",
            paramLabel = "N",
            defaultValue = "1000",
            description = "children of the synthetic city (default: ${DEFAULT-VALUE})")
    private long children;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "the same seed makes the same city (default: ${DEFAULT-VALUE})")
    private long seed;

    @Option(names = "--foundation-only", description = "start no services, for those who run them in an IDE")
    private boolean foundationOnly;

    private final CountDownLatch forever = new CountDownLatch(1);

    @Override
    public Integer call() throws Exception {
        var began = System.nanoTime();
        var layout = where.layout();
        var ports = portsFrom == null ? Ports.standard() : Ports.from(portsFrom);
        layout.prepare();
        try (var channel = FileChannel.open(
                        layout.run().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel, layout)) {
            Children.endLeftOvers(layout.run());
            ports.requireFree();
            layout.writePorts(ports);
            var secrets = Secrets.in(layout.secrets());
            var stack = new Stack(layout, ports, secrets, System.out);
            var launcher = RunRecord.of("launcher", ProcessHandle.current(), RunRecord.Signal.TERM);
            launcher.write(layout.run());
            var ending = new Thread(() -> end(stack, layout));
            Runtime.getRuntime().addShutdownHook(ending);
            return run(stack, layout, began);
        }
    }

    private int run(Stack stack, Layout layout, long began) throws Exception {
        System.out.println("Starting in " + layout.data());
        try {
            stack.startFoundation();
            if (!foundationOnly) {
                stack.startServices();
            }
        } catch (StackFailure failure) {
            if (stack.isEnding()) {
                forever.await(); // Ctrl-C while starting: the end is under way
            }
            throw failure;
        }
        System.out.printf(Locale.ROOT, "Up after %.1f s.%n", (System.nanoTime() - began) / 1e9);
        if (once) {
            return stack.play(children, seed, 0, System.out).balances() ? 0 : 1;
        }
        tellHowToUse(layout);
        forever.await();
        return 0;
    }

    private void tellHowToUse(Layout layout) {
        System.out.printf("""
                Each service describes its API at /q/openapi.
                Sample users are listed in deploy/keycloak/jikimi-realm.json: analyst-1, officer-11350, investigator-11350,
                cpa-1, shelter-1, supervisor-1, agency-health-insurance … Their password is in
                %s (sample-users.password).
                  ./jikimi token analyst-1   an access token       ./jikimi status   what runs       Ctrl-C ends everything
                """, layout.secrets().resolve("stack.properties"));
    }

    private static FileLock lock(FileChannel channel, Layout layout) throws IOException {
        try {
            var lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException sameProcess) {
            // told below
        }
        throw new StackFailure(
                "A stack runs from " + layout.data() + " already: ./jikimi down ends it, --data chooses another.");
    }

    private static void end(Stack stack, Layout layout) {
        stack.stop();
        try {
            Files.deleteIfExists(RunRecord.file(layout.run(), "launcher"));
        } catch (IOException e) {
            System.err.println("jikimi: " + e.getMessage());
        }
    }
}
