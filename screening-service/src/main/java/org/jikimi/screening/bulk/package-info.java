/** PostgreSQL's binary COPY. */
@NullMarked
package org.jikimi.screening.bulk;

import org.jspecify.annotations.NullMarked;
