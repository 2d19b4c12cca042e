package org.jikimi.runtime.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The data of events as JSON: ISO dates, unknown fields ignored, a missing number is an error and not a zero. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private Json() {}

    /** Data that cannot be read. Says nothing of what stood in it. */
    public static final class Unreadable extends IllegalArgumentException {
        private final boolean hopeless;

        private Unreadable(String message, boolean hopeless) {
            super(message);
            this.hopeless = hopeless;
        }

        /** Whether it is no JSON at all, of which no version of a reader will ever make sense. */
        public boolean isHopeless() {
            return hopeless;
        }
    }

    public static byte[] write(Object data) {
        try {
            return MAPPER.writeValueAsBytes(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the data of an event.
     *
     * @throws Unreadable if it is not of that type
     */
    public static <T> T read(byte[] payload, Class<T> type) {
        T data;
        try {
            data = MAPPER.readValue(payload, type);
        } catch (IOException e) {
            throw new Unreadable(
                    "no " + type.getSimpleName() + ": " + e.getClass().getSimpleName(), isNoJson(payload, e));
        }
        if (data == null) {
            throw new Unreadable("no " + type.getSimpleName() + ": null", false);
        }
        return data;
    }

    private static boolean isNoJson(byte[] payload, IOException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException || cause instanceof CharConversionException) {
                return true;
            }
        }
        return new String(payload, UTF_8).isBlank();
    }
}
