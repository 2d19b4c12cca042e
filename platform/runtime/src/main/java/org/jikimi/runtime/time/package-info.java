/** One clock for all. */
@NullMarked
package org.jikimi.runtime.time;

import org.jspecify.annotations.NullMarked;
