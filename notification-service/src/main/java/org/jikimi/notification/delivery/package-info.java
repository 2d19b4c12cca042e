/** Carries alerts to mailboxes: at least once, however long a server is down. */
@NullMarked
package org.jikimi.notification.delivery;

import org.jspecify.annotations.NullMarked;
