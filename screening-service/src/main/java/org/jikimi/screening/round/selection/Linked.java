package org.jikimi.screening.round.selection;

import java.util.UUID;

/**
 * A child that a programme selects and for whom somebody works already: linked to that work, not flagged again.
 *
 * @param score points it has in the round
 * @param kind {@code CASE}, {@code REPORT}, {@code VISIT} or {@code FLAG}
 * @param ref the case file, report, visit or flag
 */
public record Linked(
        UUID childId, UUID householdId, String districtCode, String dongCode, int score, String kind, UUID ref) {}
