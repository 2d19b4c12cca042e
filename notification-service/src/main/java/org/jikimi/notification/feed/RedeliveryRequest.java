package org.jikimi.notification.feed;

import org.jspecify.annotations.Nullable;

/**
 * From when on to send again.
 *
 * @param from an instant, such as {@code 2026-11-01T00:00:00Z}
 */
public record RedeliveryRequest(@Nullable String from) {}
