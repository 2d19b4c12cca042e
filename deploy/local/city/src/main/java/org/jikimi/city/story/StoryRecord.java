package org.jikimi.city.story;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Properties;
import org.jikimi.city.City;
import org.jspecify.annotations.Nullable;

/**
 * Which city a data directory holds and how far its story was told, kept beside the data, so that a second {@code up}
 * loads nothing twice, and one that was cut off goes on where it was.
 */
public final class StoryRecord {
    private static final String CHILDREN = "children";
    private static final String SEED = "seed";
    private static final String AS_OF = "as-of";
    private static final String FIRST = "first-household";
    private static final String WEEKS = "weeks-over";
    private static final String ROUND = "round";
    private static final String TOLD = "told-to-the-end";

    private final Path file;
    private final Properties known;

    private StoryRecord(Path file, Properties known) {
        this.file = file;
        this.known = known;
    }

    /**
     * Reads the record of a directory; one that is not there yet is empty.
     *
     * @throws IOException if it cannot be read
     */
    public static StoryRecord in(Path directory) throws IOException {
        Path file = directory.toAbsolutePath().resolve("city.properties");
        var known = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                known.load(reader);
            }
        }
        return new StoryRecord(file, known);
    }

    /** The city that was loaded, or whose loading has begun. */
    public Optional<City> city() {
        String children = known.getProperty(CHILDREN);
        return children == null
                ? Optional.empty()
                : Optional.of(new City(
                        Long.parseLong(children),
                        Long.parseLong(known.getProperty(SEED)),
                        LocalDate.parse(known.getProperty(AS_OF)),
                        Long.parseLong(known.getProperty(FIRST))));
    }

    /** Whether the quarter was played to its end. */
    public boolean isTold() {
        return Boolean.parseBoolean(known.getProperty(TOLD));
    }

    void begin(City city) throws IOException {
        known.setProperty(CHILDREN, String.valueOf(city.children()));
        known.setProperty(SEED, String.valueOf(city.seed()));
        known.setProperty(AS_OF, city.asOf().toString());
        known.setProperty(FIRST, String.valueOf(city.firstHousehold()));
        save();
    }

    @Nullable
    String round(Programme programme) {
        return known.getProperty(key(programme));
    }

    void screened(Programme programme, String round) throws IOException {
        known.setProperty(key(programme), round);
        save();
    }

    private static String key(Programme programme) {
        return programme == Programme.QUARTERLY_SCREENING ? ROUND : ROUND + "." + programme;
    }

    int weeksOver() {
        return Integer.parseInt(known.getProperty(WEEKS, "0"));
    }

    void over(int week) throws IOException {
        known.setProperty(WEEKS, String.valueOf(week));
        save();
    }

    void told() throws IOException {
        known.setProperty(TOLD, "true");
        save();
    }

    private void save() throws IOException {
        var text = new StringWriter();
        known.store(text, "The synthetic city in this data directory");
        Path fresh = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text.toString());
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
