package org.jikimi.city;

import java.time.LocalDate;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** What the data agencies observed of a household. */
final class Signals {
    private static final double EXPIRED = 0.06;
    private static final double CLEARED = 0.06;
    private static final double REPEATED = 0.04;

    private final City city;

    Signals(City city) {
        this.city = city;
    }

    void of(Household household, Consumer<Signal> signals) {
        SplittableRandom random = city.random(household.number(), 2);
        LocalDate oldest = household.children().getLast().birthDate();
        for (Indicator indicator : Indicator.all()) {
            if (indicator.ofHousehold()) {
                boolean scripted =
                        household.script() != null && indicator.code().endsWith("ARREARS");
                if (mayBeSeen(indicator, household) && (seen(random, indicator, household) || scripted)) {
                    observe(random, indicator, household, "HOUSEHOLD", household.id(), oldest, 0, signals);
                }
                continue;
            }
            for (Child child : household.children()) {
                boolean scripted =
                        household.script() != null && indicator.code().equals("NO_MEDICAL_USE");
                if (mayBeSeen(indicator, child) && (seen(random, indicator, household) || scripted)) {
                    Identifier id = child.identifier();
                    observe(
                            random,
                            indicator,
                            household,
                            id.scheme(),
                            id.value(),
                            child.birthDate(),
                            child.ordinal() + 1,
                            signals);
                }
            }
        }
    }

    private static boolean seen(SplittableRandom random, Indicator indicator, Household household) {
        double share = City.lifted(indicator.perMille() / 1000, indicator.riskPull(), household.risk());
        return random.nextDouble() < share;
    }

    private static boolean mayBeSeen(Indicator indicator, Household household) {
        return switch (indicator.code()) {
            case "SINGLE_PARENT" -> household.familyType().equals("SINGLE_PARENT");
            case "GRANDPARENT_RAISED" -> household.familyType().equals("GRANDPARENT");
            case "MANY_CHILDREN" -> household.children().size() >= 3;
            default -> true;
        };
    }

    private static boolean mayBeSeen(Indicator indicator, Child child) {
        return switch (indicator.code()) {
            case "MISSED_INFANT_CHECKUP", "CHECKUP_NEEDS_EVALUATION" -> child.ageYears() < 6;
            case "MISSED_VACCINATION" -> child.ageYears() < 13;
            case "CHILD_ALLOWANCE_UNCLAIMED" -> child.ageYears() < 8;
            case "LONG_SCHOOL_ABSENCE" ->
                child.care().equals("SCHOOL") || child.care().equals("KINDERGARTEN");
            case "TEACHER_FLAGGED_CRISIS" -> child.care().equals("SCHOOL");
            case "HOME_CARE_ALLOWANCE_UNCLAIMED" -> child.care().equals("HOME");
            case "CHILDCARE_FEE_UNCLAIMED", "CHILDCARE_ATTENDANCE_DROP" ->
                child.care().equals("DAYCARE");
            case "STRESS_BEHAVIOUR_DIAGNOSIS" -> child.ageYears() >= 4;
            default -> true;
        };
    }

    private void observe(
            SplittableRandom random,
            Indicator indicator,
            Household household,
            String scheme,
            String value,
            LocalDate notBefore,
            int ordinal,
            Consumer<Signal> signals) {
        boolean expired = household.script() == null && random.nextDouble() < EXPIRED;
        int times = random.nextDouble() < REPEATED ? 2 : 1;
        for (int time = 0; time < times; time++) {
            int age = random.nextInt(indicator.validityDays()) + (expired ? indicator.validityDays() : 0);
            LocalDate observed = city.asOf().minusDays(age);
            observed = observed.isBefore(notBefore) ? notBefore : observed;
            LocalDate cleared = null;
            if (household.script() == null && random.nextDouble() < CLEARED) {
                cleared = observed.plusDays(random.nextInt(60));
                cleared = cleared.isAfter(city.asOf()) ? city.asOf() : cleared;
            }
            String id = String.format(
                    Locale.ROOT, "S-%07d-%02d-%d%d", household.number(), indicator.bit(), ordinal, time + 1);
            signals.accept(new Signal(id, indicator, scheme, value, observed, cleared));
        }
    }
}
