package org.jikimi.city.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OffsetFileTest {
    @TempDir
    Path directory;

    @Test
    void theClockGoesOnFromWhereItWas() throws IOException {
        Path file = Files.writeString(directory.resolve("offset"), "P7D\n");
        var clock = new OffsetFile(file);

        clock.moveOn(Duration.ofHours(3));

        assertThat(Duration.parse(Files.readString(file).strip()))
                .isEqualTo(Duration.ofDays(7).plusHours(3));
        assertThat(new OffsetFile(file).ahead()).isEqualTo(clock.ahead());
    }

    @Test
    void theClockNeverGoesBack() throws IOException {
        var clock = new OffsetFile(directory.resolve("offset"));

        assertThatIllegalArgumentException().isThrownBy(() -> clock.moveOn(Duration.ofDays(-1)));
    }
}
