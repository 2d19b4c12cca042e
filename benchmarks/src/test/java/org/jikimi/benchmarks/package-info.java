@NullMarked
package org.jikimi.benchmarks;

import org.jspecify.annotations.NullMarked;
