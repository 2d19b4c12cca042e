package org.jikimi.runtime.audit;

import java.time.Instant;

/**
 * What is kept of a block outside the database.
 *
 * @param block the block's number, from 1
 * @param head its head, 64 hexadecimal digits
 * @param sealedAt when it was sealed, by the platform's clock
 */
public record Anchor(long block, String head, Instant sealedAt) {}
