package org.jikimi.screening.evaluation;

/** Why a figure is not told. */
public enum Absent {
    TOO_FEW_POSITIVES,
    TOO_FEW_NEGATIVES,
    TOO_FEW_VISITED
}
