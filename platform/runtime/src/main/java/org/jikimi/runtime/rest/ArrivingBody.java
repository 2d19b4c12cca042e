package org.jikimi.runtime.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;

/** A body as it comes in over the network. What fails here is the sender or the way, and not whoever reads it. */
final class ArrivingBody extends FilterInputStream {
    ArrivingBody(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    @Override
    public long skip(long bytes) throws IOException {
        try {
            return super.skip(bytes);
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    /** What was not read is read then. */
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (IOException failure) {
            throw told(failure);
        }
    }

    /** A thread that is interrupted is told to end by this service. */
    private static IOException told(IOException failure) {
        return failure instanceof InterruptedIOException ? failure : new BodyBrokenOff(failure);
    }
}
