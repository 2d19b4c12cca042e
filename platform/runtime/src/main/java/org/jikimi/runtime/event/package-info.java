/** An event's envelope as it travels: CloudEvents 1.0 attributes as headers, the data as bytes. */
@NullMarked
package org.jikimi.runtime.event;

import org.jspecify.annotations.NullMarked;
