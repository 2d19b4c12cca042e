package org.jikimi.cases.visit;

import java.time.Instant;

/** Somebody went to the door and did not see the children. */
record Attempt(int number, AttemptResult result, Instant attemptedAt) {}
