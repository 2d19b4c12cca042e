package org.jikimi.cases.clock;

import java.time.Instant;
import java.util.UUID;

/**
 * What starts a clock.
 *
 * @param subjectId what it is about, of the type that the code says
 * @param correlation the flag or report that began it all
 * @param at when it starts
 */
public record ClockStart(
        ClockCode code, UUID subjectId, UUID childId, String districtCode, UUID correlation, Instant at) {}
