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
import org.jikimi.city.story.Story;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts everything, plays the story of a synthetic city, and stays until Ctrl-C. */
@Command(
        name = "up",
        description =
                "Starts PostgreSQL, Kafka, Keycloak, SMTP and the four services, plays a quarter of a synthetic city"
                        + " through them, and stays up until Ctrl-C. On kept data the city is there already: it is counted again,"
                        + " and nothing is loaded twice.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private Jikimi.Where where = new Jikimi.Where();

    @Option(
            names = "--ports-from",
            paramLabel = "P",
            description = "use the nine ports from P upward instead of the usual ones")
    private @Nullable Integer portsFrom;

    @Option(
            names = "--once",
            description = "end after the story, with exit code 0 if its ledger balances: nothing lost, nothing doubled")
    private boolean once;

    @Option(names = "--empty", description = "start the platform alone, without a city")
    private boolean empty;

    @Option(
            names = "--children",
            paramLabel = "N",
            description = "children of the synthetic city, 10 to 1800000; 1100000 is Seoul (default: 100000)")
    private @Nullable Long children;

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "the same seed makes the same city with the same flags (default: 1)")
    private @Nullable Long seed;

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
            var story = empty || foundationOnly ? null : CityStory.only(layout, children, seed);
            ports.requireFree();
            layout.writePorts(ports);
            var secrets = Secrets.in(layout.secrets());
            var stack = new Stack(layout, ports, secrets, System.out);
            var launcher = RunRecord.of("launcher", ProcessHandle.current(), RunRecord.Signal.TERM);
            launcher.write(layout.run());
            var ending = new Thread(() -> end(stack, layout));
            Runtime.getRuntime().addShutdownHook(ending);
            return run(stack, layout, story, began);
        }
    }

    private int run(Stack stack, Layout layout, @Nullable CityStory story, long began) throws Exception {
        System.out.println("Starting in " + layout.data());
        var balances = true;
        try {
            stack.startFoundation();
            if (!foundationOnly) {
                stack.startServices();
            }
            System.out.printf(Locale.ROOT, "Up after %.1f s.%n", (System.nanoTime() - began) / 1e9);
            balances = story == null
                    || story.play(layout, stack, Story.QUARTER, System.out).balances();
        } catch (StackFailure failure) {
            if (stack.isEnding()) {
                forever.await(); // Ctrl-C meanwhile: the end is under way
            }
            throw failure;
        }
        if (once) {
            return balances ? 0 : 1;
        }
        stack.tellAddresses();
        tellHowToUse(layout);
        forever.await();
        return 0;
    }

    private void tellHowToUse(Layout layout) {
        System.out.printf("""
                Sample users are listed in deploy/keycloak/jikimi-realm.json: analyst-1, officer-11350, investigator-11350,
                cpa-1, shelter-1, supervisor-1, agency-health-insurance … Their password is in
                %s (sample-users.password).
                  ./jikimi token analyst-1   an access token       ./jikimi status   what runs       Ctrl-C ends everything
                """, layout.secrets().resolve("stack.properties"));
    }

    static FileLock lock(FileChannel channel, Layout layout) throws IOException {
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
