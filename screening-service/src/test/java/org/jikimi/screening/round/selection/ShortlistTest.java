package org.jikimi.screening.round.selection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jikimi.screening.model.Facts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is chosen while candidates pass by, beside what {@link Cut} chooses of all of them at once. */
class ShortlistTest {
    private static final Map<String, Integer> VISITS = Map.of("1111051500", 3, "1111053000", 0, "1168051000", 40);
    private static final List<String> DONGS = List.of("1111051500", "1111053000", "1168051000", "1168052100");

    private record Place(UUID child, int rank) {}

    private static Candidate candidate(UUID child, UUID household, String dong, int score) {
        return new Candidate(
                child, household, dong, new Facts(null, "UNKNOWN", dong.substring(0, 5), 0, new short[0]), score);
    }

    /** With ties, and with children of a household in two dongs. */
    private static List<Candidate> some(Random random) {
        int households = 1 + random.nextInt(80);
        return IntStream.range(0, random.nextInt(400))
                .mapToObj(n -> candidate(
                        new UUID(random.nextLong(), random.nextLong()),
                        new UUID(0, random.nextInt(households)),
                        DONGS.get(random.nextInt(DONGS.size())),
                        random.nextInt(12)))
                .toList();
    }

    private static Shortlist shortlist(List<Candidate> candidates) {
        var shortlist = new Shortlist(VISITS);
        candidates.forEach(shortlist::consider);
        return shortlist;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itChoosesWhomTheCutChoosesWithTheSamePlaces(long seed) {
        var random = new Random(seed);
        for (int city = 0; city < 100; city++) {
            var candidates = some(random);
            var shortlist = shortlist(candidates);
            var chosen = candidates.stream().filter(shortlist::selects).toList();
            var places = new Places(chosen);
            var shuffled = new ArrayList<>(candidates);
            Collections.shuffle(shuffled, random);

            shuffled.forEach(places::count);

            var told = new ArrayList<Place>();
            places.tell((candidate, rank) -> told.add(new Place(candidate.childId(), rank)));
            assertThat(told)
                    .containsExactlyElementsOf(Cut.cut(candidates, VISITS).stream()
                            .filter(Cut.Ranked::selected)
                            .map(place -> new Place(place.candidate().childId(), place.rank()))
                            .toList());
            assertThat(shortlist.candidates()).isEqualTo(candidates.size());
            assertThat(shortlist.households())
                    .containsExactlyInAnyOrderElementsOf(chosen.stream()
                            .map(Candidate::householdId)
                            .distinct()
                            .toList());
        }
    }

    @Test
    void itKeepsNoMoreThanCanBeVisitedHoweverManyPassBy() {
        var random = new Random(1);
        var candidates = IntStream.range(0, 50_000)
                .mapToObj(n -> candidate(
                        new UUID(0, n), new UUID(1, n / 2), DONGS.get(n % DONGS.size()), random.nextInt(1_000)))
                .toList();

        var kept = new HashMap<String, Integer>();
        shortlist(candidates).kept().forEach(candidate -> kept.merge(candidate.dongCode(), 1, Integer::sum));

        assertThat(kept).isEqualTo(Map.of("1111051500", 3, "1168051000", 40, "1168052100", Cut.USUAL_VISITS));
    }
}
