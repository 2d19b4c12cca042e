package org.jikimi.runtime.rest;

import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads ids, numbers, codes, and what is true or false, of an address; which of them is malformed is told, never what stood there. */
@Provider
public class AddressParameters implements ParamConverterProvider {
    @Override
    @SuppressWarnings("unchecked") // each function reads the type that it is chosen by
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        var name = nameOf(annotations);
        var form = formOf(type);
        return name == null || form == null ? null : new Named<>(name, (Function<String, T>) form);
    }

    private static @Nullable String nameOf(Annotation[] annotations) {
        for (var annotation : annotations) {
            switch (annotation) {
                case PathParam path -> {
                    return path.value();
                }
                case QueryParam query -> {
                    return query.value();
                }
                default -> {}
            }
        }
        return null;
    }

    private static @Nullable Function<String, ?> formOf(Class<?> type) {
        if (type == UUID.class) {
            return UUID::fromString;
        }
        if (type == Integer.class) {
            return Integer::valueOf;
        }
        if (type == Boolean.class) {
            return AddressParameters::truthOf;
        }
        return type.isEnum() ? code -> codeOf(type, code) : null;
    }

    private static Boolean truthOf(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Object codeOf(Class<?> type, String code) {
        for (var constant : type.getEnumConstants()) {
            if (((Enum<?>) constant).name().equals(code)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("no such code");
    }

    private record Named<T>(String name, Function<String, T> form) implements ParamConverter<T> {
        @Override
        public @Nullable T fromString(@Nullable String value) {
            try {
                return value == null ? null : form.apply(value);
            } catch (IllegalArgumentException malformed) {
                throw new ProblemException(Problems.INVALID_PARAMETER.with("parameter", name));
            }
        }

        @Override
        public String toString(T value) {
            return value.toString();
        }
    }
}
