package org.jikimi.screening.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** Unpacks gzip as it streams, and stops at a bomb: lines of data shrink ten- to thirtyfold, a bomb a thousandfold. */
final class Unzipped extends FilterInputStream {
    private static final int MOST_PER_BYTE = 100;
    private static final long ALWAYS_ALLOWED = 16L * 1024 * 1024;

    private final Counted packed;
    private long unpacked;

    private Unzipped(Counted packed) throws IOException {
        super(new GZIPInputStream(packed, 32 * 1024));
        this.packed = packed;
    }

    static InputStream of(InputStream packed) throws IOException {
        return new Unzipped(new Counted(packed));
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = super.read(target, offset, length);
        unpacked += Math.max(0, read);
        if (unpacked > ALWAYS_ALLOWED && unpacked / MOST_PER_BYTE > packed.bytes) {
            throw new GzipBomb();
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    private static final class Counted extends FilterInputStream {
        private long bytes;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = super.read(target, offset, length);
            bytes += Math.max(0, read);
            return read;
        }
    }
}
