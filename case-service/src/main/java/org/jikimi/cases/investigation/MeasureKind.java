package org.jikimi.cases.investigation;

/** Protective measures: 응급조치, 긴급임시조치, 임시조치, 즉각분리. */
public enum MeasureKind {
    EMERGENCY,
    URGENT_INTERIM,
    INTERIM,
    IMMEDIATE_SEPARATION
}
