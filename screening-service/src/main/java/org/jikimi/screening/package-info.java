/** Finds children: registry, signals, model, rounds, outcomes. */
@NullMarked
package org.jikimi.screening;

import org.jspecify.annotations.NullMarked;
