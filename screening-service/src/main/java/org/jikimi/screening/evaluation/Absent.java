package org.jikimi.screening.evaluation;

/** Why a figure is not told. */
public enum Absent {
    /** It could be traced to one of them. */
    TOO_FEW_CHILDREN,
    TOO_FEW_POSITIVES,
    TOO_FEW_NEGATIVES,
    TOO_FEW_VISITED
}
