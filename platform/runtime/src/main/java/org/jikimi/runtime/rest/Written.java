package org.jikimi.runtime.rest;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it goes over the wire.
 *
 * @param body JSON; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Written(
        int status,
        byte @Nullable [] body,
        @Nullable Long version,
        @Nullable String location) {}
