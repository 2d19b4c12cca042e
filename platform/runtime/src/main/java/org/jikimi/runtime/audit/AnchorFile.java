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
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Anchors in a file, a line each: number, head, time. It is only ever appended to ({@code chattr +a} may hold it to
 * that) and belongs on another disk, or a write-once one, than the database. A line that a crash left unfinished is
 * passed over, and its anchor is written again.
 */
public final class AnchorFile implements AnchorStore {
    private static final Pattern LINE = Pattern.compile("([0-9]{1,18}) ([0-9a-f]{64}) ([0-9T:.-]+Z)");
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
        try (var all = all()) {
            return all.reduce((before, after) -> after);
        }
    }

    @Override
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    public Stream<Anchor> all() {
        if (Files.notExists(file)) {
            return Stream.empty();
        }
        try {
            return parsed(Files.lines(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Optional<Anchor> last(Stream<String> lines) {
        return parsed(lines).reduce((before, after) -> after);
    }

    private static Stream<Anchor> parsed(Stream<String> lines) {
        return lines.map(LINE::matcher)
                .filter(line -> line.matches())
                .map(line -> new Anchor(Long.parseLong(line.group(1)), line.group(2), Instant.parse(line.group(3))));
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
