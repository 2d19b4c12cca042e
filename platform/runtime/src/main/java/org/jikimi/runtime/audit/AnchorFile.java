package org.jikimi.runtime.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Anchors in a file, a line each: number, head, time. A line of a {@link Reanchoring} says more, and ends what the lines
 * before it say of later blocks; they stay as they are. The file is only ever appended to ({@code chattr +a} may hold it to
 * that) and belongs on another disk, or a write-once one, than the database. A line that a crash left unfinished is
 * passed over, and its anchor is written again.
 */
public final class AnchorFile implements AnchorStore {
    private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64}) ([0-9T:.-]+Z)"
            + "(?: re-anchored, given up: ([0-9]{1,18}), by ([!-~]{1,64}): (.+))?");
    private static final int TAIL_BYTES = 4096;

    private final Path file;

    /**
     * Anchors in a file, which is made with the first of them.
     *
     * @param file its directory exists
     */
    public AnchorFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /** The anchors of one service, in a directory that its replicas share and that the services may share too. */
    public static AnchorFile of(Path directory, String service) {
        return new AnchorFile(directory.resolve(service + ".anchors"));
    }

    @Override
    public void append(List<Anchor> anchors) {
        var lines = new StringBuilder();
        for (var anchor : anchors) {
            lines.append("%d %s %s\n".formatted(anchor.block(), anchor.head(), anchor.sealedAt()));
        }
        write(lines.toString());
    }

    /** Adds the newest block of the chain as the one to go on from, with who did so and why; safe when this returns. */
    void reanchor(String head, Reanchoring act) {
        write("%d %s %s re-anchored, given up: %d, by %s: %s\n"
                .formatted(act.block(), head, act.at(), act.givenUp(), act.principal(), act.reason()));
    }

    /** Every re-anchoring, oldest first. */
    List<Reanchoring> reanchorings() {
        try (var lines = lines()) {
            return lines.filter(AnchorFile::isReanchoring)
                    .map(line -> new Reanchoring(
                            Long.parseLong(line.group(1)),
                            Long.parseLong(line.group(4)),
                            Instant.parse(line.group(3)),
                            line.group(5),
                            line.group(6)))
                    .toList();
        }
    }

    private void write(String lines) {
        try {
            var isNew = Files.notExists(file);
            var torn = !isNew && isTorn();
            try (var out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                var bytes = ByteBuffer.wrap(((torn ? "\n" : "") + lines).getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            if (isNew) {
                syncDirectory();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public Optional<Anchor> newest() {
        if (Files.notExists(file)) {
            return Optional.empty();
        }
        try {
            var inTail = last(tail(TAIL_BYTES).lines());
            if (inTail.isPresent()) {
                return inTail;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        try (var lines = lines()) {
            return lines.map(AnchorFile::anchor).reduce((before, after) -> after);
        }
    }

    /** All that still vouch for a block: a re-anchoring ended the others. */
    @Override
    public Stream<Anchor> all() {
        var ends = new ArrayDeque<Long>();
        reanchorings().forEach(act -> ends.add(act.block()));
        return lines().filter(line -> {
                    if (isReanchoring(line)) {
                        ends.poll();
                    }
                    long block = Long.parseLong(line.group(1));
                    return ends.stream().allMatch(end -> block <= end);
                })
                .map(AnchorFile::anchor);
    }

    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    private Stream<Matcher> lines() {
        if (Files.notExists(file)) {
            return Stream.empty();
        }
        try {
            return matching(Files.lines(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Anchor> last(Stream<String> lines) {
        return matching(lines).map(AnchorFile::anchor).reduce((before, after) -> after);
    }

    private static Stream<Matcher> matching(Stream<String> lines) {
        return lines.map(LINE::matcher).filter(Matcher::matches);
    }

    private static boolean isReanchoring(Matcher line) {
        return line.group(4) != null;
    }

    private static Anchor anchor(Matcher line) {
        return new Anchor(Long.parseLong(line.group(1)), line.group(2), Instant.parse(line.group(3)));
    }

    private boolean isTorn() throws IOException {
        var last = tail(1);
        return !last.isEmpty() && !last.equals("\n");
    }

    /** The end of the file; what it begins with may be the rest of a line. */
    private String tail(int bytes) throws IOException {
        try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
            var end = ByteBuffer.allocate((int) Math.min(bytes, in.size()));
            in.position(in.size() - end.capacity());
            while (end.hasRemaining() && in.read(end) >= 0) {}
            return new String(end.array(), 0, end.position(), UTF_8);
        }
    }

    /** So that the new file's name, too, survives a power failure. */
    private void syncDirectory() throws IOException {
        var directory = file.getParent();
        if (directory != null) {
            try (var names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }
}
