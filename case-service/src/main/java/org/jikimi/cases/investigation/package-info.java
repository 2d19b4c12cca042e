/** Investigations, protective measures, determinations. */
@NullMarked
package org.jikimi.cases.investigation;

import org.jspecify.annotations.NullMarked;
