package org.jikimi.screening.batch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Unpacks gzip as it streams, and stops at a bomb: lines of data shrink ten- to thirtyfold, a bomb a thousandfold. */
final class Unzipped extends FilterInputStream {
    private static final int MOST_PER_BYTE = 100;
    private static final long ALWAYS_ALLOWED = 16L * 1024 * 1024;

    private final Counted packed;
    private long unpacked;

    private Unzipped(Counted packed) throws IOException {
        super(new Members(packed));
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

    /**
     * One member after the other. The JDK takes whatever does not begin another one for the end of the file: a heading cut
     * off, something else, and even a connection that was cut, after which half a file would pass for the whole.
     */
    private static final class Members extends GZIPInputStream {
        private static final int TRAILER = 8;

        private final Counted packed;
        private long filled;

        Members(Counted packed) throws IOException {
            super(packed, 32 * 1024);
            this.packed = packed;
        }

        @Override
        protected void fill() throws IOException {
            super.fill();
            filled = packed.bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = super.read(target, offset, length);
                if (read < 0) {
                    requireEnd();
                }
                return read;
            } catch (StackOverflowError endless) { // the JDK calls itself for each member that is empty
                throw new ZipException("thousands of members in a row are empty");
            }
        }

        private void requireEnd() throws IOException {
            var failure = packed.failure;
            if (failure != null) {
                throw failure;
            }
            if (inf.getRemaining() + packed.bytes - filled > TRAILER) {
                throw new ZipException("what stands behind a member is none");
            }
        }
    }

    private static final class Counted extends FilterInputStream {
        private long bytes;
        private @Nullable IOException failure;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = super.read(target, offset, length);
                bytes += Math.max(0, read);
                return read;
            } catch (IOException broken) {
                failure = broken;
                throw broken;
            }
        }
    }
}
