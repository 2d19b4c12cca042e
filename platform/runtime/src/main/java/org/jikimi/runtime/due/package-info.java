/** Everything that must happen at a time. */
@NullMarked
package org.jikimi.runtime.due;

import org.jspecify.annotations.NullMarked;
