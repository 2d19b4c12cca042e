/** Legal clocks: started, stopped, approaching, breached, extended by decision alone. */
@NullMarked
package org.jikimi.cases.clock;

import org.jspecify.annotations.NullMarked;
