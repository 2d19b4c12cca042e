/** Streams lines of any number into the database, chunk by chunk, and tells what became of each. */
@NullMarked
package org.jikimi.screening.batch;

import org.jspecify.annotations.NullMarked;
