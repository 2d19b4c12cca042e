package org.jikimi.city;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic city, the same for the same values on every machine. Each household is made from its number alone, with a
 * random source of its own, so that any of them can be made again without the others and none is kept in memory.
 *
 * @param children how many children, {@value #MIN_CHILDREN} to {@value #MAX_CHILDREN}
 * @param seed which city; another seed is another city
 * @param asOf the city's today; nobody is born and nothing observed after it
 * @param firstHousehold number of its first household; cities of other households can share one platform
 */
public record City(long children, long seed, LocalDate asOf, long firstHousehold) {
    public static final long MIN_CHILDREN = 10;
    public static final long MAX_CHILDREN = 1_800_000;

    /** Newborns without a resident number, per thousand children under two. */
    private static final double TEMPORARY_NUMBERS_PER_MILLE = 1.5;

    private static final double ABUSED = 0.004;
    private static final double ABUSED_PULL = 1.1;
    private static final double WELFARE = 0.022;
    private static final double WELFARE_PULL = 1.0;

    public City {
        if (children < MIN_CHILDREN || children > MAX_CHILDREN) {
            throw new IllegalArgumentException(
                    "children must be " + MIN_CHILDREN + " to " + MAX_CHILDREN + ", not " + children);
        }
        if (firstHousehold < 0) {
            throw new IllegalArgumentException("households are numbered from 0, not " + firstHousehold);
        }
    }

    /** A city whose households are numbered from 0. */
    public City(long children, long seed, LocalDate asOf) {
        this(children, seed, asOf, 0);
    }

    /** Makes household after household until the city has its children; the last household may lose some to fit. */
    public void forEachHousehold(Consumer<Household> visitor) {
        long left = children;
        for (long number = firstHousehold; left > 0; number++) {
            Household household = household(number);
            if (household.children().size() > left) {
                household = new Household(
                        household.number(),
                        household.district(),
                        household.dongCode(),
                        household.familyType(),
                        household.risk(),
                        household.children().subList(0, (int) left),
                        household.script());
            }
            left -= household.children().size();
            visitor.accept(household);
        }
    }

    /** The household of a number, from {@link #firstHousehold}. */
    public Household household(long number) {
        SplittableRandom random = random(number, 1);
        long place = number - firstHousehold;
        Script script = place < Script.all().size() ? Script.all().get((int) place) : null;
        District drawn = District.at(random.nextInt(District.totalWeight()));
        District district = script == null ? drawn : script.district();
        String dong = district.dongs().get(random.nextInt(district.dongs().size()));
        double risk = script == null ? bell(random) : 3;
        String familyType = familyType(random, risk);
        return new Household(number, district, dong, familyType, risk, children(number, random, risk, script), script);
    }

    /**
     * What is so for a child, found by the child's name, as somebody at the door hears it.
     *
     * @return null if the name is not one of this city's
     */
    public @Nullable Truth truthOf(String name) {
        Child child = childNamed(name);
        return child == null ? null : child.truth();
    }

    /** Whether the child of that name is known by a temporary number alone. */
    public boolean hasTemporaryNumber(String name) {
        Child child = childNamed(name);
        return child != null && !child.identifier().scheme().equals("RRN");
    }

    /** The script of the family of the child of that name; null if there is none. */
    public @Nullable Script scriptOf(String name) {
        return childNamed(name) == null ? null : household(numberIn(name)).script();
    }

    /**
     * A number from 0 to below 1 that is always the same for a child and a question; the people of the story decide by
     * it what the truth leaves open.
     */
    public double chance(String name, String question) {
        return new SplittableRandom(
                        mixed(seed ^ mixed((long) name.hashCode() << 32 | (question.hashCode() & 0xffff_ffffL))))
                .nextDouble();
    }

    private @Nullable Child childNamed(String name) {
        if (!name.matches("합성-\\d{7}-\\d") || numberIn(name) < firstHousehold) {
            return null;
        }
        List<Child> children = household(numberIn(name)).children();
        int ordinal = name.charAt(name.length() - 1) - '1';
        return ordinal >= 0 && ordinal < children.size() ? children.get(ordinal) : null;
    }

    private static long numberIn(String name) {
        return Long.parseLong(name, 3, 10, 10);
    }

    /** A random source for one purpose in one household. */
    SplittableRandom random(long household, int purpose) {
        return new SplittableRandom(mixed(seed ^ mixed(household * 16 + purpose)));
    }

    private List<Child> children(long number, SplittableRandom random, double risk, @Nullable Script script) {
        List<LocalDate> births = script == null ? births(random) : scriptedBirths(script);
        List<Child> children = new ArrayList<>();
        for (int ordinal = 0; ordinal < births.size(); ordinal++) {
            LocalDate birth = births.get(ordinal);
            int age = Period.between(birth, asOf).getYears();
            boolean female = random.nextDouble() < 0.487;
            boolean temporary = random.nextDouble() < TEMPORARY_NUMBERS_PER_MILLE / 1000 && age < 2;
            boolean newborn = random.nextInt(3) > 0;
            String care = care(random, age);
            Truth truth = truth(random, risk);
            if (script != null) {
                truth = script.truth();
                temporary = script == Script.NOT_FOUND;
            }
            String scheme = temporary ? newborn ? "TNN" : "TMN" : "RRN";
            children.add(new Child(
                    ordinal,
                    Identifier.of(scheme, number, birth, female),
                    String.format(Locale.ROOT, "합성-%07d-%d", number, ordinal + 1),
                    birth,
                    female,
                    care,
                    age,
                    truth));
        }
        return children;
    }

    /** The youngest is of any age; each next is one to five years older, if still a child. */
    private List<LocalDate> births(SplittableRandom random) {
        double size = random.nextDouble();
        int most = size < 0.48 ? 1 : size < 0.88 ? 2 : 3;
        int days = random.nextInt(18 * 365);
        List<LocalDate> births = new ArrayList<>();
        for (int i = 0; i < most && days < 18 * 365; i++) {
            births.add(asOf.minusDays(days));
            days += 365 + random.nextInt(4 * 365);
        }
        return births;
    }

    private List<LocalDate> scriptedBirths(Script script) {
        return script.ages().stream()
                .map(age -> asOf.minusYears(age).minusDays(100))
                .toList();
    }

    private static String familyType(SplittableRandom random, double risk) {
        double draw = random.nextDouble();
        double single = Math.min(0.35, lifted(0.07, 0.6, risk));
        if (draw < single) {
            return "SINGLE_PARENT";
        }
        if (draw > 0.995) {
            return "GRANDPARENT";
        }
        if (draw > 0.994) {
            return "FOSTER";
        }
        return draw > 0.989 ? "OTHER" : "TWO_PARENT";
    }

    private static String care(SplittableRandom random, int age) {
        double draw = random.nextDouble();
        if (age >= 6) {
            return draw < 0.985 ? "SCHOOL" : "NONE";
        }
        if (age < 1) {
            return draw < 0.85 ? "HOME" : "DAYCARE";
        }
        if (age < 3) {
            return draw < 0.25 ? "HOME" : "DAYCARE";
        }
        if (draw < 0.05) {
            return "HOME";
        }
        return draw < 0.45 ? "DAYCARE" : "KINDERGARTEN";
    }

    private static Truth truth(SplittableRandom random, double risk) {
        double draw = random.nextDouble();
        double abused = lifted(ABUSED, ABUSED_PULL, risk);
        if (draw < abused) {
            return Truth.ABUSED;
        }
        return draw < abused + lifted(WELFARE, WELFARE_PULL, risk) ? Truth.NEEDS_WELFARE : Truth.SAFE;
    }

    /** A probability that rises with the risk and has the given mean over all households; at most 0.9. */
    static double lifted(double mean, double pull, double risk) {
        return Math.min(0.9, mean * StrictMath.exp(pull * risk - pull * pull / 2));
    }

    /** Nearly a normal distribution, by sums that are alike on every machine. */
    private static double bell(SplittableRandom random) {
        double sum = -6;
        for (int i = 0; i < 12; i++) {
            sum += random.nextDouble();
        }
        return sum;
    }

    private static long mixed(long value) {
        long mixed = value + 0x9e3779b97f4a7c15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
