/** Events leave a service through here: written with the change, relayed to Kafka in order, never lost. */
@NullMarked
package org.jikimi.runtime.outbox;

import org.jspecify.annotations.NullMarked;
