/** Events for subscribers outside: what may leave, signed webhooks, redelivery. */
@NullMarked
package org.jikimi.notification.feed;

import org.jspecify.annotations.NullMarked;
