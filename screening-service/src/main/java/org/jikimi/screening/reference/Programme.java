package org.jikimi.screening.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programmes that select children; their texts are in {@code reference/programmes.csv}. */
public enum Programme {
    /** e아동행복지원: children whose score is highest. */
    QUARTERLY_SCREENING(Cadence.QUARTERLY),
    /** 만 3세 전수조사: every child that turns three in the year and is in neither childcare nor kindergarten. */
    AGE_THREE_SURVEY(Cadence.YEARLY_FROM_OCTOBER),
    /** 고위험 아동 합동점검: repeated reports, or a refused visit or case management; open work does not exclude. */
    JOINT_INSPECTION(Cadence.TWICE_A_YEAR),
    /** 임시신생아번호 전수조사: every child known only by a temporary number. */
    TEMPORARY_NUMBER_SURVEY(Cadence.TWICE_A_YEAR),
    /** 2세 이하 기획조사: an analyst's choice of young children whose family type and region point to a caregiving gap. */
    UNDER_TWO_INVESTIGATION(Cadence.PLANNED);

    private final Cadence cadence;

    Programme(Cadence cadence) {
        this.cadence = cadence;
    }

    public Cadence cadence() {
        return cadence;
    }

    /** Whether an analyst composes whom it selects. */
    public boolean isComposed() {
        return this == UNDER_TWO_INVESTIGATION;
    }

    public static Optional<Programme> of(String code) {
        return Arrays.stream(values()).filter(p -> p.name().equals(code)).findFirst();
    }

    /** Whether a child with open work elsewhere is left out. */
    public boolean sparesOpenWork() {
        return this != JOINT_INSPECTION;
    }

    /** The rows of the reference table: code, names, who is selected, cadence, reference size. */
    public static List<List<String>> table() {
        return Table.read("programmes.csv");
    }
}
