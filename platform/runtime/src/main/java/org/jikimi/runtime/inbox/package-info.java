/** Events enter a service through here: applied once, in order within topic and key, parked rather than lost. */
@NullMarked
package org.jikimi.runtime.inbox;

import org.jspecify.annotations.NullMarked;
