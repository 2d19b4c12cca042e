/** What the city counts with: indicators, districts, programmes. */
@NullMarked
package org.jikimi.screening.reference;

import org.jspecify.annotations.NullMarked;
