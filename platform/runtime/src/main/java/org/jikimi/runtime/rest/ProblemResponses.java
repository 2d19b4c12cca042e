package org.jikimi.runtime.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/** Writes problems as {@code application/problem+json}. */
final class ProblemResponses {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.KOREAN);

    private ProblemResponses() {}

    /**
     * The response to a refusal.
     *
     * @param acceptLanguage the header; {@code title} is Korean if it prefers Korean, else English; {@code titleKo} is always there
     */
    static Response.ResponseBuilder of(Problem problem, @Nullable String acceptLanguage) {
        var language = language(acceptLanguage);
        var response = Response.status(problem.status())
                .type("application/problem+json")
                .header(HttpHeaders.CONTENT_LANGUAGE, language.getLanguage())
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(body(problem, language));
        if (problem.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.extra().get("retryAfter") instanceof Number seconds) {
            response.header(HttpHeaders.RETRY_AFTER, seconds);
        }
        return response;
    }

    static byte[] body(Problem problem, Locale language) {
        var members = new LinkedHashMap<String, Object>(problem.extra());
        members.put("type", "urn:jikimi:problem:" + problem.code());
        members.put("title", language.equals(Locale.KOREAN) ? problem.titleKo() : problem.title());
        members.put("titleKo", problem.titleKo());
        members.put("status", problem.status());
        if (problem.detail() != null) {
            members.put("detail", problem.detail());
        }
        try {
            return JSON.writeValueAsBytes(members);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Locale language(@Nullable String acceptLanguage) {
        if (acceptLanguage == null) {
            return Locale.ENGLISH;
        }
        try {
            var found = Locale.lookup(LanguageRange.parse(acceptLanguage), LANGUAGES);
            return found == null ? Locale.ENGLISH : found;
        } catch (IllegalArgumentException malformed) {
            return Locale.ENGLISH;
        }
    }
}
