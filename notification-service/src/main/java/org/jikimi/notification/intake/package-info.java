/** Which event alerts whom, and which event settles what was asked for. */
@NullMarked
package org.jikimi.notification.intake;

import org.jspecify.annotations.NullMarked;
