/** Side by side with peers and physical limits: {@code ./jikimi bench}. */
@NullMarked
package org.jikimi.benchmarks;

import org.jspecify.annotations.NullMarked;
