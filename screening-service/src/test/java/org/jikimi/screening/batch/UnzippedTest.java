package org.jikimi.screening.batch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

/** Files of several members, as gzip appends them, and what becomes of them when something is missing. */
class UnzippedTest {
    private static final int HEADER = 10;

    private static final InputStream GONE = new InputStream() {
        @Override
        public int read() throws IOException {
            throw new IOException("connection reset");
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return read();
        }
    };

    @Test
    void aFileOfSeveralMembersIsReadToItsEnd() throws IOException {
        assertThat(read(new ByteArrayInputStream(join(zipped("one\n"), zipped("two\n")))))
                .isEqualTo("one\ntwo\n");
    }

    @Test
    void aConnectionThatIsCutBetweenTwoMembersIsNoEndOfTheFile() throws IOException {
        assertThatThrownBy(() -> read(new SequenceInputStream(new ByteArrayInputStream(zipped("one\n")), GONE)))
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    @Test
    void norIsOneThatIsCutWithinTheHeadingOfTheNext() throws IOException {
        for (int length = 1; length < HEADER; length++) {
            var sent = join(zipped("one\n"), Arrays.copyOf(zipped("two\n"), length));

            assertThatThrownBy(() -> read(new SequenceInputStream(new ByteArrayInputStream(sent), GONE)))
                    .as("after %d bytes", length)
                    .hasMessage("connection reset");
        }
    }

    @Test
    void noMembersThatAreEmptyAreTooManyToBeRefused() throws IOException {
        var empty = zipped("");
        var file = new ByteArrayOutputStream();
        for (int member = 0; member < 50_000; member++) {
            file.write(empty);
        }

        assertThatThrownBy(() -> read(new ByteArrayInputStream(file.toByteArray())))
                .isInstanceOf(ZipException.class);
    }

    @Test
    void whatStandsBehindAMemberAndIsNoneIsNotPassedOver() throws IOException {
        for (int length = 1; length < HEADER; length++) {
            var cut = join(zipped("one\n"), Arrays.copyOf(zipped("two\n"), length));

            assertThatThrownBy(() -> read(new ByteArrayInputStream(cut)))
                    .as("%d bytes of the next heading", length)
                    .isInstanceOf(ZipException.class);
        }
        assertThatThrownBy(() -> read(new ByteArrayInputStream(join(zipped("one\n"), "two\n".getBytes(UTF_8)))))
                .isInstanceOf(ZipException.class);
    }

    @Test
    void soItIsWhereverTheNetworkCutsTheFile() throws IOException {
        var cut = join(zipped("one\n"), Arrays.copyOf(zipped("two\n"), HEADER / 2));
        for (int first = 1; first < cut.length; first++) {
            var parts = new SequenceInputStream(
                    new ByteArrayInputStream(cut, 0, first), new ByteArrayInputStream(cut, first, cut.length - first));

            assertThatThrownBy(() -> read(parts)).as("first %d bytes", first).isInstanceOf(ZipException.class);
        }
    }

    private static String read(InputStream packed) throws IOException {
        return new String(Unzipped.of(packed).readAllBytes(), UTF_8);
    }

    private static byte[] join(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] zipped(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }
}
