/** What work in bulk shares: rows by binary COPY, look-ups by index, the time of its steps. */
@NullMarked
package org.jikimi.screening.bulk;

import org.jspecify.annotations.NullMarked;
