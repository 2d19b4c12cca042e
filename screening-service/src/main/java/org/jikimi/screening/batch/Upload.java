package org.jikimi.screening.batch;

import java.io.InputStream;
import org.jikimi.runtime.security.Caller;

/**
 * A file as it comes in.
 *
 * @param key the caller's name for the batch ({@code Idempotency-Key})
 * @param csv comma-separated values; else JSON lines
 * @param gzip whether it is packed
 */
public record Upload(Caller caller, String source, String key, boolean csv, boolean gzip, InputStream body) {}
