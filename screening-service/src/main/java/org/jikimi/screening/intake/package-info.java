/** What the service hears from case-service. */
@NullMarked
package org.jikimi.screening.intake;

import org.jspecify.annotations.NullMarked;
