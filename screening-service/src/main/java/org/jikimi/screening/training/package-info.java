/** A challenger learned from what visits found, as the same scorecard as any other version. */
@NullMarked
package org.jikimi.screening.training;

import org.jspecify.annotations.NullMarked;
