package org.jikimi.screening.batch;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch so far: {@code received = accepted + duplicates + rejected}.
 *
 * @param state {@code RECEIVING} until the whole file was taken, then {@code COMPLETE}
 * @param received lines that are not blank
 * @param duplicates lines that said what was known
 * @param sha256 of the file as it last came whole, unpacked, in 64 hexadecimal digits: what {@code sha256sum} says of it;
 *     absent while the batch is {@code RECEIVING}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Receipt(
        UUID batchId,
        String state,
        long received,
        long accepted,
        long duplicates,
        long rejected,

        @Schema(
                description = "SHA-256 of the file as it last came whole, unpacked: what sha256sum says of it. "
                        + "Absent while the batch is RECEIVING.",
                pattern = "^[0-9a-f]{64}$")
        @Nullable
        String sha256) {}
