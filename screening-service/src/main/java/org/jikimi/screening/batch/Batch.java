package org.jikimi.screening.batch;

import java.util.UUID;

/**
 * A file of lines that an agency sends, in one go or several.
 *
 * @param source whose ids the lines carry: the agency, or its kind where the token names no agency
 */
public record Batch(UUID id, BatchKind kind, String source) {}
