package org.jikimi.screening.signal;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Ends with an error where the lines end. */
final class BrokenStream extends FilterInputStream {
    BrokenStream(String lines) {
        super(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        if (read < 0) {
            throw new IOException("connection reset");
        }
        return read;
    }
}
