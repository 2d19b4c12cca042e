package org.jikimi.screening.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;

/**
 * A whole list on its way out. It is written to a file first, so that a slow reader holds no transaction open, and read
 * out when the audit of it has committed; memory stays flat. Closing removes the file unless it was handed over.
 */
public final class ExportFile implements AutoCloseable {
    private final ExportFormat format;
    private final Path file;
    private boolean handedOver;

    private ExportFile(ExportFormat format, Path file) {
        this.format = format;
        this.file = file;
    }

    public static ExportFile create(ExportFormat format) {
        try {
            return new ExportFile(format, Files.createTempFile("export-", format.suffix()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Writes the rows; what was written before is gone.
     *
     * @param rows a query without parameters
     */
    public void write(Connection tx, String rows) throws SQLException {
        try (var out = Files.newOutputStream(file)) {
            tx.unwrap(PGConnection.class).getCopyAPI().copyOut(format.copyOf(rows), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was written; the file is gone when the stream is closed. */
    public InputStream handOver() {
        try {
            var whole = Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
            handedOver = true;
            return whole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (handedOver) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
