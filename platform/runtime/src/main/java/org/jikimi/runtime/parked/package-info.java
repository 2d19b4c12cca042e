/** Events that wait in the inbox: operators see them, and have them tried again. */
@NullMarked
package org.jikimi.runtime.parked;

import org.jspecify.annotations.NullMarked;
