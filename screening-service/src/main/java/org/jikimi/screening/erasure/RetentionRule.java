package org.jikimi.screening.erasure;

import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * When a child's data are needed no more. The duty of the Child Welfare Act 아동복지법 is towards people under eighteen (art. 3),
 * and ends earlier with death or emigration. What happened later, such as a signal, a visit or the end of watching, shows that
 * the data served somebody still; so the time is counted from the last of them. Data that are needed no more are to be
 * destroyed without delay (Personal Information Protection Act 개인정보 보호법, art. 21): the work is done each day.
 */
record RetentionRule(Period after) {
    private static final int OF_AGE_YEARS = 18;

    /** Days by which months and years added may differ from those taken away. */
    private static final int CALENDAR = 4;

    /**
     * What is known of a child and its aliases.
     *
     * @param born birth date; of a child of whom nobody knows it, the day on which it was entered
     * @param leftOn since when it has been dead or abroad; null if neither, or if nobody has said since when
     * @param lastHappening the last day on which anything happened or was watched; null for never
     */
    record Life(
            LocalDate born,
            @Nullable LocalDate leftOn,
            @Nullable LocalDate lastHappening) {}

    /** Whether the child is to be erased, if nobody works for it. */
    boolean isOver(Life life, LocalDate today) {
        return !dueOn(life).isAfter(today);
    }

    /** From which day on the child is to be erased, if nobody works for it. */
    LocalDate dueOn(Life life) {
        return neededUntil(life).plus(after);
    }

    private static LocalDate neededUntil(Life life) {
        var ofAge = life.born.plusYears(OF_AGE_YEARS);
        var dutyEnds = life.leftOn != null && life.leftOn.isBefore(ofAge) ? life.leftOn : ofAge;
        return life.lastHappening != null && life.lastHappening.isAfter(dutyEnds) ? life.lastHappening : dutyEnds;
    }

    /** No child born after this day can be over by age. */
    LocalDate bornBy(LocalDate today) {
        return today.minus(after).minusYears(OF_AGE_YEARS).plusDays(CALENDAR);
    }

    /** No child who left after this day can be over. */
    LocalDate leftBy(LocalDate today) {
        return today.minus(after).plusDays(CALENDAR);
    }
}
