package org.jikimi.screening.round.screening;

import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jikimi.screening.World;
import org.jikimi.screening.reference.Indicator;
import org.jikimi.screening.reference.Indicators;
import org.jikimi.screening.registry.SendChildren;
import org.jikimi.screening.signal.SendSignals;

/** A small city with everything that can go together: siblings, moves, repeats, corrections, clearings, expiry. */
public final class RandomCity {
    private static final List<String> DONGS = List.of("1135056000", "1135057000", "1111053000");
    private static final List<String> FAMILIES =
            List.of("TWO_PARENT", "SINGLE_PARENT", "GRANDPARENT", "FOSTER", "OTHER");

    private final Random random;
    private final World world;
    private final int children;

    public RandomCity(World world, long seed, int children) {
        this.random = new Random(seed);
        this.world = world;
        this.children = children;
    }

    public void settle() throws IOException, SQLException {
        var households = children / 2;
        SendChildren.send(world, "children", registry(households));
        signals("first");
        SendChildren.send(world, "moved", registry(households));
        signals("second");
        for (var dong : DONGS) {
            world.execute("INSERT INTO dong_capacity VALUES ('%s', %d)".formatted(dong, random.nextInt(12)));
        }
    }

    private String registry(int households) {
        var lines = new StringBuilder();
        for (int i = 0; i < children; i++) {
            if (random.nextInt(10) == 0) {
                continue;
            }
            lines.append(SendChildren.child(
                    "C" + i,
                    "H" + random.nextInt(households),
                    World.TODAY.minusDays(random.nextInt(19 * 365)).toString(),
                    pick(FAMILIES),
                    pick(DONGS),
                    "HOME"));
        }
        return lines.toString();
    }

    private void signals(String key) throws IOException, SQLException {
        Map<String, StringBuilder> bySource = new TreeMap<>();
        for (int i = 0; i < children * 4; i++) {
            var indicator = pick(Indicators.all());
            bySource.computeIfAbsent(indicator.sourceKind(), s -> new StringBuilder())
                    .append(signal(indicator));
        }
        for (var source : bySource.entrySet()) {
            SendSignals.send(world, source.getKey(), key, source.getValue().toString());
        }
    }

    private String signal(Indicator indicator) {
        var observed = World.TODAY.minusDays(random.nextInt(indicator.validityDays() * 4 / 3));
        var cleared = random.nextInt(5) > 0 ? null : later(observed).toString();
        return SendSignals.signal(
                "S" + random.nextInt(children * 5),
                indicator.code(),
                indicator.ofHousehold() ? "HOUSEHOLD" : "RRN",
                (indicator.ofHousehold() ? "H" + random.nextInt(children / 2) : "C" + random.nextInt(children)),
                observed.toString(),
                cleared);
    }

    private LocalDate later(LocalDate day) {
        var later = day.plusDays(random.nextInt(60));
        return later.isAfter(World.TODAY) ? World.TODAY : later;
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
