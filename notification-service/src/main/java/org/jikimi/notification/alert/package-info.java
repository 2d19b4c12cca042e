/** Who must act, by when; acknowledged, settled or escalated. */
@NullMarked
package org.jikimi.notification.alert;

import org.jspecify.annotations.NullMarked;
