package org.jikimi.screening.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.time.Times;

/**
 * Takes a file of lines of any size with a heap that does not grow with it: chunk by chunk, each in one transaction with
 * its hash. The same key goes on where the last attempt ended; lines that differ from what was taken stop it.
 */
@ApplicationScoped
public class ReceiveBatch {
    /** Lines of a chunk, blank ones not counted. */
    static final int CHUNK = 10_000;

    /** Due work that settles what a batch landed whose sender or service died; its subject is the batch. */
    public static final String LEFTOVERS = "batch-leftovers";

    /** How long a chunk waits for its turn; then its sender is to come again. */
    private static final Duration TURN_WITHIN = Duration.ofSeconds(10);

    private static final Duration LOOK_EVERY = Duration.ofMinutes(10);
    private static final Duration LOOK_FOR = Duration.ofDays(1);

    /** How a file ended. */
    private sealed interface End {
        /**
         * @param chunks how many it had
         * @param sha256 of the file, unpacked
         */
        record Whole(int chunks, String sha256) implements End {}

        record Stopped(Problem problem) implements End {}
    }

    private final Transactions transactions;
    private final Transactions ofChunks;
    private final Keyring keys;
    private final Times times;
    private final Audit audit;
    private final Batches batches;
    private final DueWork due = new DueWork();

    /** @param connections of the service's pool: chunks hold half of them at most */
    public ReceiveBatch(
            Transactions transactions,
            Keyring keys,
            Times times,
            Audit audit,
            @ConfigProperty(name = "quarkus.datasource.jdbc.max-size") int connections) {
        this.transactions = transactions;
        this.ofChunks = new FewAtOnce(transactions, Math.max(1, connections / 2), TURN_WITHIN);
        this.keys = keys;
        this.times = times;
        this.audit = audit;
        this.batches = new Batches(keys);
    }

    /**
     * Receives the file.
     *
     * @throws IOException if the sender breaks off; what was taken stays
     */
    public <T> Reception receive(BatchKind kind, LineKind<T> lines, Upload upload) throws IOException, SQLException {
        var batch = begin(kind, lines, upload);
        var end = stream(batch, lines, upload);
        return transactions.run(tx -> switch (end) {
            case End.Whole(var chunks, var sha256) -> {
                lookLater(tx, lines, batch);
                if (!batches.complete(tx, batch, chunks, sha256)) {
                    yield new Reception.Stopped(BatchProblems.CHUNK_DIFFERS, receipt(tx, batch));
                }
                if (lines.settlesLater()) {
                    due.cancel(tx, LEFTOVERS, batch.id().toString());
                }
                yield new Reception.Received(receipt(tx, batch));
            }
            case End.Stopped(var problem) -> new Reception.Stopped(problem, receipt(tx, batch));
        });
    }

    /** To be called before the batch is locked. */
    private void lookLater(Connection tx, LineKind<?> lines, Batch batch) throws SQLException {
        if (lines.settlesLater()) {
            due.plan(tx, LEFTOVERS, batch.id().toString(), times.now().plus(LOOK_EVERY));
        }
    }

    private Receipt receipt(Connection tx, Batch batch) {
        return batches.receipt(tx, batch.kind(), batch.id()).orElseThrow();
    }

    /**
     * Settles one chunk that has landed of a batch: its sender may have broken off together with the service.
     * Answers when to look again; empty if there is no need to.
     *
     * @param tx which holds the due work of the batch: that is locked before the batch by everybody. Its sender, if it comes back,
     *     and other due work wait for one chunk, not for the file
     */
    public <T> Optional<Instant> settleLeftovers(Connection tx, UUID id, LineKind<T> lines, Instant now)
            throws SQLException {
        var unfinished = batches.unfinished(tx, id);
        if (unfinished.isEmpty()) {
            return Optional.empty();
        }
        if (Chunks.settleNext(tx, unfinished.get(), lines, batches)) {
            return Optional.of(now);
        }
        return batches.begunAfter(tx, id, now.minus(LOOK_FOR)) ? Optional.of(now.plus(LOOK_EVERY)) : Optional.empty();
    }

    private Batch begin(BatchKind kind, LineKind<?> lines, Upload upload) throws SQLException {
        var caller = upload.caller();
        return transactions.run(tx -> {
            var begun = batches.begin(tx, kind, caller.principal(), upload.source(), upload.key(), times.now());
            lookLater(tx, lines, begun.batch());
            if (!begun.isNew()) {
                batches.resumed(tx, begun.batch(), times.now());
            } else {
                audit.record(
                        tx,
                        new AuditEntry(
                                times.now(),
                                caller.principal(),
                                caller.agencyId(),
                                kind == BatchKind.CHILDREN ? "child-batch.send" : "signal-batch.send",
                                List.of("batch:" + begun.batch().id()),
                                null));
            }
            return begun.batch();
        });
    }

    private <T> End stream(Batch batch, LineKind<T> lines, Upload upload) throws IOException, SQLException {
        try (var body = upload.gzip() ? unzip(upload.body()) : upload.body()) {
            var chunks = new Chunks<>(batch, lines, batches, ofChunks, keys);
            var reading = new Reading<>(chunks, lines, body, upload.csv());
            var stopped = reading.toTheEnd();
            return stopped == null ? new End.Whole(chunks.count(), reading.hash()) : new End.Stopped(stopped);
        } catch (GzipBomb bomb) {
            return new End.Stopped(BatchProblems.GZIP_BOMB);
        } catch (ZipException malformed) {
            return new End.Stopped(BatchProblems.MALFORMED_GZIP);
        } catch (EOFException cut) {
            if (upload.gzip()) {
                return new End.Stopped(BatchProblems.MALFORMED_GZIP);
            }
            throw cut;
        }
    }

    private static InputStream unzip(InputStream body) throws IOException {
        var pushed = new PushbackInputStream(body, 1);
        int first = pushed.read();
        if (first < 0) {
            return InputStream.nullInputStream(); // an empty file is fine, packed or not
        }
        pushed.unread(first);
        return Unzipped.of(pushed);
    }
}
