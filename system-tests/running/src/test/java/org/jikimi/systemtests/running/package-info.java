/** The running platform, fed what is good and bad, and killed in the middle of a flow. */
@NullMarked
package org.jikimi.systemtests.running;

import org.jspecify.annotations.NullMarked;
