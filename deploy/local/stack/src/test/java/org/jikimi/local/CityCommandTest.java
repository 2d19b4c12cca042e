package org.jikimi.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CityCommandTest {
    @TempDir
    private Path temp;

    private Layout layout;

    @BeforeEach
    void prepare() {
        layout = new Layout(temp, temp.resolve("data"));
        layout.prepare();
    }

    @Test
    void theCityIsWrittenAsTheFilesOfItsAgencies() {
        var out = temp.resolve("city");

        assertThat(Jikimi.run("city", "--out", out.toString(), "--children", "50"))
                .isZero();

        assertThat(out.resolve("children.ndjson")).exists();
        assertThat(out.resolve("signals-power-utility.csv")).exists();
    }

    @Test
    void anOptionThatMeansNothingEndsWithTwoAndOneThatIsTooMuchWithOne() {
        var out = temp.resolve("city").toString();

        assertThat(Jikimi.run("city", "--out", out, "--childen", "50")).isEqualTo(2);
        assertThat(Jikimi.run("city", "--out", out, "--children", "2000000")).isEqualTo(1);
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void aDataDirectoryThatHoldsACityTakesNoOther() throws IOException {
        Files.writeString(
                layout.data().resolve("city.properties"), "children=1000\nseed=7\nas-of=2026-10-01\nweeks-over=2\n");

        assertThat(CityStory.in(layout, null, null)).isNotNull();
        assertThat(CityStory.in(layout, 1000L, 7L)).isNotNull();
        assertThatThrownBy(() -> CityStory.in(layout, 1000L, 8L))
                .isInstanceOf(StackFailure.class)
                .hasMessageContaining("the city of 1000 children, seed 7")
                .hasMessageContaining("./jikimi reset");
    }
}
