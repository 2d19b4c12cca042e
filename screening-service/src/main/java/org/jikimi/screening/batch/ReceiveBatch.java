package org.jikimi.screening.batch;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.sql.SQLException;
import java.util.List;
import java.util.zip.ZipException;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.AuditEntry;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.rest.Problem;
import org.jikimi.runtime.time.Times;
import org.jspecify.annotations.Nullable;

/**
 * Takes a file of lines of any size with a heap that does not grow with it: chunk by chunk, each in one transaction with
 * its hash. The same key goes on where the last attempt ended; lines that differ from what was taken stop it.
 */
@ApplicationScoped
public class ReceiveBatch {
    /** Lines of a chunk, blank ones not counted. */
    static final int CHUNK = 10_000;

    private final Transactions transactions;
    private final Keyring keys;
    private final Times times;
    private final Audit audit;
    private final Batches batches = new Batches();

    public ReceiveBatch(Transactions transactions, Keyring keys, Times times, Audit audit) {
        this.transactions = transactions;
        this.keys = keys;
        this.times = times;
        this.audit = audit;
    }

    /**
     * Receives the file.
     *
     * @throws IOException if the sender breaks off; what was taken stays
     */
    public <T> Reception receive(BatchKind kind, LineKind<T> lines, Upload upload) throws IOException, SQLException {
        var batch = begin(kind, upload);
        var stopped = stream(batch, lines, upload);
        return transactions.run(tx -> {
            if (stopped == null) {
                batches.complete(tx, batch);
            }
            var receipt = batches.receipt(tx, kind, batch.id()).orElseThrow();
            return stopped == null ? new Reception.Received(receipt) : new Reception.Stopped(stopped, receipt);
        });
    }

    private Batch begin(BatchKind kind, Upload upload) throws SQLException {
        var caller = upload.caller();
        return transactions.run(tx -> {
            var begun = batches.begin(tx, kind, caller.principal(), upload.source(), upload.key(), times.now());
            if (begun.isNew()) {
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

    private <T> @Nullable Problem stream(Batch batch, LineKind<T> lines, Upload upload)
            throws IOException, SQLException {
        try (var body = upload.gzip() ? unzip(upload.body()) : upload.body()) {
            return new Reading<>(new Chunks<>(batch, lines, batches, transactions, keys), lines, body, upload.csv())
                    .toTheEnd();
        } catch (GzipBomb bomb) {
            return BatchProblems.GZIP_BOMB;
        } catch (ZipException malformed) {
            return BatchProblems.MALFORMED_GZIP;
        } catch (EOFException cut) {
            if (upload.gzip()) {
                return BatchProblems.MALFORMED_GZIP;
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
