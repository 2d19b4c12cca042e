/** Who wants to be told of what, and where. */
@NullMarked
package org.jikimi.notification.subscription;

import org.jspecify.annotations.NullMarked;
