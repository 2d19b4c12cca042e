/** What the service hears from the others. */
@NullMarked
package org.jikimi.screening.intake;

import org.jspecify.annotations.NullMarked;
