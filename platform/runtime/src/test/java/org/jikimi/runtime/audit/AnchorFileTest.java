package org.jikimi.runtime.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorFileTest {
    private Path path = Path.of("");
    private AnchorFile file = new AnchorFile(path);

    @BeforeEach
    void inAnEmptyDirectory(@TempDir Path directory) {
        path = directory.resolve("anchors");
        file = new AnchorFile(path);
    }

    @Test
    void whatIsAppendedIsReadBackInOrder() {
        file.append(List.of(anchor(1), anchor(2)));
        file.append(List.of(anchor(3)));

        assertThat(all()).containsExactly(anchor(1), anchor(2), anchor(3));
        assertThat(file.newest()).contains(anchor(3));
    }

    @Test
    void aFileThatDoesNotExistYetHoldsNothing() {
        assertThat(file.newest()).isEmpty();
        assertThat(all()).isEmpty();
    }

    @Test
    void aLineThatACrashLeftUnfinishedIsPassedOverWhereverItBroke() throws IOException {
        file.append(List.of(anchor(1), anchor(2)));
        var whole = Files.readString(path);
        int firstLine = whole.indexOf('\n') + 1;
        for (int length = firstLine; length < whole.length() - 1; length++) {
            Files.writeString(path, whole.substring(0, length));

            assertThat(file.newest()).contains(anchor(1));
            file.append(List.of(anchor(2)));

            assertThat(all()).containsExactly(anchor(1), anchor(2));
        }
    }

    @Test
    void theNewestIsFoundBehindAnyAmountOfOthersAndOfRubbish() throws IOException {
        file.append(
                LongStream.rangeClosed(1, 500).mapToObj(AnchorFileTest::anchor).toList());
        assertThat(file.newest()).contains(anchor(500));

        Files.writeString(path, "x".repeat(10_000), StandardOpenOption.APPEND);
        assertThat(file.newest()).contains(anchor(500));
    }

    private List<Anchor> all() {
        try (var all = file.all()) {
            return all.toList();
        }
    }

    private static Anchor anchor(long block) {
        return new Anchor(block, "%064x".formatted(block), Instant.parse("2026-03-02T01:02:03.123456Z"));
    }
}
