package org.jikimi.screening.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The programmes that select children; their texts are in {@code reference/programmes.csv}. */
public enum Programme {
    /** e아동행복지원: children whose score is highest. */
    QUARTERLY_SCREENING,
    /** 만 3세 전수조사: every child that turns three in the year and is in neither childcare nor kindergarten. */
    AGE_THREE_SURVEY,
    /** 고위험 아동 합동점검: repeated reports, or a family that refused a visit; open work does not exclude. */
    JOINT_INSPECTION,
    /** 임시신생아번호 전수조사: every child known only by a temporary number. */
    TEMPORARY_NUMBER_SURVEY,
    /** 2세 이하 기획조사: under two, in a household whose family type and region point to a caregiving gap. */
    UNDER_TWO_INVESTIGATION;

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
