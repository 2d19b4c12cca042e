/** General rule engines beside which rounds are measured. */
@NullMarked
package org.jikimi.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
