package org.jikimi.screening.batch;

import java.util.UUID;

/**
 * What became of a batch so far: {@code received = accepted + duplicates + rejected}.
 *
 * @param state {@code RECEIVING} until the whole file was taken, then {@code COMPLETE}
 * @param received lines that are not blank
 * @param duplicates lines that said what was known
 */
public record Receipt(UUID batchId, String state, long received, long accepted, long duplicates, long rejected) {}
