/** Informs and prevents: subscriptions, alerts, task force, training, campaigns. */
@NullMarked
package org.jikimi.notification;

import org.jspecify.annotations.NullMarked;
