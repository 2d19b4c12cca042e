package org.jikimi.runtime.rest;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;

/**
 * Bounds every JSON body; streamed batches have types of their own and bound their lines themselves. Of each it tells apart
 * when the sender breaks off.
 */
@Provider
class BodyLimit implements ReaderInterceptor {
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    private final Limits limits;

    BodyLimit(Limits limits) {
        this.limits = limits;
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new ArrivingBody(context.getInputStream()));
        if (!isJson(context)) {
            return context.proceed();
        }
        if (announced(context) > limits.jsonBytes()) {
            throw new BodyTooLarge();
        }
        context.setInputStream(new Bounded(context.getInputStream(), limits.jsonBytes()));
        var body = context.proceed();
        if (body == null) {
            throw new ProblemException(Problems.MALFORMED_BODY);
        }
        return body;
    }

    private static long announced(ReaderInterceptorContext context) {
        var length = context.getHeaders().getFirst(HttpHeaders.CONTENT_LENGTH);
        return length != null && LENGTH.matcher(length).matches() ? Long.parseLong(length) : 0;
    }

    private static boolean isJson(ReaderInterceptorContext context) {
        var type = context.getMediaType();
        return type != null
                && (type.getSubtype().equals("json") || type.getSubtype().endsWith("+json"));
    }

    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream in, long most) {
            super(in);
            this.left = most;
        }

        @Override
        public int read() throws IOException {
            var read = super.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            var read = super.read(buffer, offset, length);
            count(read);
            return read;
        }

        @Override
        public long skip(long n) throws IOException {
            throw new IOException("not skippable");
        }

        private void count(int read) throws IOException {
            left -= Math.max(0, read);
            if (left < 0) {
                throw new BodyTooLarge();
            }
        }
    }
}
