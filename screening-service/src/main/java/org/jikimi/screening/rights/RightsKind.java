package org.jikimi.screening.rights;

import java.time.LocalDate;
import java.util.List;

/**
 * What may be asked, with the periods of the Enforcement Decree of the Personal Information Protection Act 개인정보 보호법
 * 시행령. Days are counted from the day after it came in, holidays with them: a period that is extended because it ends on
 * one is not made use of.
 */
enum RightsKind {
    /** 열람: Act Art. 35, Decree Art. 41(4). It may be put off for a good reason that is told within the period, Art. 42(2). */
    ACCESS(10, 1, "PIPA_35_4"),
    /** 정정: Act Art. 36, Decree Art. 43(3), which knows no putting off. */
    CORRECTION(10, 0, "PIPA_36"),
    /** 자동화된 결정에 대한 거부·설명: Act Art. 37-2, Decree Art. 44-3(5), twice by up to thirty days. */
    OBJECTION(30, 2, "PIPA_37_2_3");

    /** Of an objection by law. For access the law names no bound, and this is the platform's own. */
    static final int LONGEST_DEFERRAL = 30;

    private final int days;
    private final int deferrals;
    private final String toldLaw;

    RightsKind(int days, int deferrals, String toldLaw) {
        this.days = days;
        this.deferrals = deferrals;
        this.toldLaw = toldLaw;
    }

    /** The last day on which an answer is in time. */
    LocalDate dueOn(LocalDate receivedOn) {
        return receivedOn.plusDays(days);
    }

    /** How often the answer may be put off. */
    int deferrals() {
        return deferrals;
    }

    /** The article that is told to who asked; one for all grounds, since a closer one would say what is known. */
    String toldLaw() {
        return toldLaw;
    }

    /** Why it may be refused, or answered in part, as codes: for the record, never for who asked. */
    List<String> grounds() {
        return switch (this) {
            case ACCESS -> List.of("PIPA_35_4_1", "PIPA_35_4_2", "PIPA_35_4_3");
            case CORRECTION -> List.of("FOUND_ACCURATE", "NOT_KEPT_HERE");
            case OBJECTION -> List.of("DECIDED_BY_A_PERSON", "DECREE_44_3_4");
        };
    }
}
