package org.jikimi.screening.batch;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Cuts a stream into lines with a buffer that never grows beyond a line's limit: what is longer is read past, and known
 * to have been too long. Ends of lines are LF or CRLF.
 */
final class LineReader {
    /** Bytes a line may have. A child or a signal takes a few hundred. */
    static final int LONGEST = 64 * 1024;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final InputStream in;
    private final byte[] buffer = new byte[2 * LONGEST];
    private final MessageDigest digest = sha256();
    private final MessageDigest whole = sha256();
    private int start;
    private int end;
    private int lineStart;
    private int lineLength;
    private boolean tooLong;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        tooLong = false;
        int scanned = start;
        while (true) {
            for (int i = scanned; i < end; i++) {
                if (buffer[i] == '\n') {
                    take(i);
                    start = i + 1;
                    return true;
                }
            }
            scanned = makeRoom();
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                if (start == end && !tooLong) {
                    return false;
                }
                take(end);
                start = end;
                return true;
            }
            whole.update(buffer, end, read);
            end += read;
        }
    }

    /** Keeps the beginning of an unfinished line, unless it is too long already. Answers where unread bytes will begin. */
    private int makeRoom() {
        if (end - start > LONGEST) {
            digest.update(buffer, start, end - start);
            tooLong = true;
            start = 0;
            end = 0;
        } else if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        return end;
    }

    private void take(int lineEnd) {
        number++;
        lineStart = start;
        lineLength = lineEnd - start;
        tooLong |= lineLength > LONGEST;
        digest.update(buffer, lineStart, lineLength);
        digest.update((byte) '\n');
        if (number == 1 && startsWithMark()) {
            lineStart += BYTE_ORDER_MARK.length;
            lineLength -= BYTE_ORDER_MARK.length;
        }
        if (lineLength > 0 && buffer[lineStart + lineLength - 1] == '\r') {
            lineLength--;
        }
    }

    private boolean startsWithMark() {
        return lineLength >= BYTE_ORDER_MARK.length
                && Arrays.equals(buffer, lineStart, lineStart + BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, 3);
    }

    /** Number of the line, from 1; blank lines count. */
    long number() {
        return number;
    }

    boolean isTooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = lineStart; i < lineStart + lineLength; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t') {
                return false;
            }
        }
        return !tooLong;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset() {
        return lineStart;
    }

    int length() {
        return lineLength;
    }

    /** SHA-256 of the lines since the last call. */
    byte[] hash() {
        return digest.digest();
    }

    /** SHA-256 of the stream as it came, in hexadecimal digits; asked once, at its end. */
    String hashOfAll() {
        return HexFormat.of().formatHex(whole.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
