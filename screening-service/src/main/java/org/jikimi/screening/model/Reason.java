package org.jikimi.screening.model;

/**
 * Why a child has points.
 *
 * @param code indicator, age band, {@code FAMILY_…} or {@code REGION_…}
 */
public record Reason(String code, int points) {}
