package org.jikimi.local;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.jikimi.city.City;
import org.jikimi.city.CityFiles;
import org.jikimi.city.story.LedgerResult;
import org.jikimi.city.story.Patience;
import org.jikimi.city.story.Story;
import org.jikimi.city.story.StoryFailure;
import org.jikimi.city.story.StoryRecord;
import org.jspecify.annotations.Nullable;

/** Plays some weeks of a synthetic city in the running stack, once in the life of a data directory. */
final class CityStory {
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final long CHILDREN = 100_000;
    private static final long SEED = 1;

    private final City city;
    private final Path files;
    private final StoryRecord record;

    private CityStory(City city, Path files, StoryRecord record) {
        this.city = city;
        this.files = files;
        this.record = record;
    }

    /**
     * The story of the city in the data directory, or of a new one where there is none.
     *
     * @param children how many children; those of the city that is there, else {@value #CHILDREN}, if null
     * @param seed which city; likewise, else {@value #SEED}
     * @throws StackFailure if another city is there, or there can be none of so many children
     */
    static CityStory only(Layout layout, @Nullable Long children, @Nullable Long seed) {
        var there = loaded(layout);
        if (there.isPresent()) {
            var city = there.get();
            if ((children != null && children != city.children()) || (seed != null && seed != city.seed())) {
                throw new StackFailure(
                        "%s holds the city of %d children, seed %d: ./jikimi reset empties it, --data chooses another."
                                .formatted(layout.data(), city.children(), city.seed()));
            }
            return of(layout, city.children(), city.seed(), city.firstHousehold());
        }
        return of(layout, children == null ? CHILDREN : children, seed == null ? SEED : seed, 0);
    }

    /** The story of one city among others; on kept data it goes on where it was, though the clock has gone on too. */
    static CityStory of(Layout layout, long children, long seed, long firstHousehold) {
        var files = layout.data().resolve("city-%d-%d".formatted(children, seed));
        try {
            var record = StoryRecord.in(files);
            var today = LocalDate.ofInstant(
                    Clock.systemUTC().instant().plus(layout.clock().ahead()), SEOUL);
            var city = record.city().orElseGet(() -> fresh(children, seed, today, firstHousehold));
            return new CityStory(city, files, record);
        } catch (IOException e) {
            throw unreadable(layout, e);
        }
    }

    /** A city as it was asked for, or one sentence that says what may be asked for. */
    static City fresh(@Nullable Long children, @Nullable Long seed, LocalDate asOf, long firstHousehold) {
        long count = children == null ? CHILDREN : children;
        if (count < City.MIN_CHILDREN || count > City.MAX_CHILDREN) {
            throw new StackFailure(
                    "--children takes " + City.MIN_CHILDREN + " to " + City.MAX_CHILDREN + ", not " + count + ".");
        }
        return new City(count, seed == null ? SEED : seed, asOf, firstHousehold);
    }

    private static Optional<City> loaded(Layout layout) {
        try (var directories = Files.newDirectoryStream(layout.data(), "city-*")) {
            for (var directory : directories) {
                var city = StoryRecord.in(directory).city();
                if (city.isPresent()) {
                    return city;
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw unreadable(layout, e);
        }
    }

    private static StackFailure unreadable(Layout layout, IOException failure) {
        return new StackFailure(
                "The city in " + layout.data() + " cannot be read: " + failure.getMessage() + ".", failure);
    }

    /**
     * Tells it and counts whether all that was promised happened: nothing lost, nothing doubled.
     *
     * @param weeks weeks of the simulated clock in which all visits are made
     */
    LedgerResult play(Layout layout, Stack stack, int weeks, PrintStream console) {
        try {
            if (!record.isTold()) {
                new CityFiles(city).write(files);
            }
            return new Story(
                            city,
                            files,
                            stack.urls(),
                            stack.tokens(),
                            layout.clock(),
                            stack.mails(),
                            Patience.usual(),
                            record,
                            console)
                    .play(weeks);
        } catch (StoryFailure | IOException e) {
            throw new StackFailure("The story broke off: " + e.getMessage() + "; see " + layout.logs() + ".", e);
        }
    }
}
