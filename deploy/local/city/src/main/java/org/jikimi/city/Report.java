package org.jikimi.city;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * A suspicion that somebody outside the round reports in the quarter after the city's date.
 *
 * @param reportNo number, unique in the city
 * @param reporter user who sends it: {@code gateway-112}, {@code school-1} or {@code clinic-1}
 * @param channel {@code HOTLINE_112} or {@code MANDATED_REPORTER}
 * @param child the child
 * @param household the child's household
 * @param urgency {@code EMERGENCY}, {@code URGENT} or {@code ORDINARY}
 * @param suspectedTypes one of {@code PHYSICAL}, {@code EMOTIONAL}, {@code SEXUAL}, {@code NEGLECT}
 * @param reportedOn day of the report
 */
public record Report(
        String reportNo,
        String reporter,
        String channel,
        Child child,
        Household household,
        String urgency,
        List<String> suspectedTypes,
        LocalDate reportedOn) {
    /** Share of abused children whom somebody reports within a quarter. */
    private static final double OF_ABUSED = 0.17;

    /** Share of other children reported within a quarter. */
    private static final double OF_OTHERS = 0.00073;

    private static final int QUARTER_DAYS = 90;

    public Report {
        suspectedTypes = List.copyOf(suspectedTypes);
    }

    /** The reports about a household; about 145 a quarter per 100,000 children, half of them true. */
    static void of(City city, Household household, Consumer<Report> reports) {
        SplittableRandom random = city.random(household.number(), 3);
        for (Child child : household.children()) {
            double share = child.truth() == Truth.ABUSED ? OF_ABUSED : OF_OTHERS;
            double who = random.nextDouble();
            double how = random.nextDouble();
            double what = random.nextDouble();
            int day = 1 + random.nextInt(QUARTER_DAYS);
            if (random.nextDouble() >= share || household.script() != null) {
                continue;
            }
            boolean school = who >= 0.6 && child.care().equals("SCHOOL");
            String reporter = who < 0.6 ? "gateway-112" : school ? "school-1" : "clinic-1";
            reports.accept(new Report(
                    String.format(Locale.ROOT, "R-%07d-%d", household.number(), child.ordinal() + 1),
                    reporter,
                    who < 0.6 ? "HOTLINE_112" : "MANDATED_REPORTER",
                    child,
                    household,
                    how < 0.1 ? "EMERGENCY" : how < 0.4 ? "URGENT" : "ORDINARY",
                    List.of(what < 0.45 ? "EMOTIONAL" : what < 0.75 ? "PHYSICAL" : what < 0.96 ? "NEGLECT" : "SEXUAL"),
                    city.asOf().plusDays(day)));
        }
    }

    @Override
    public String toString() {
        return "report " + reportNo;
    }
}
