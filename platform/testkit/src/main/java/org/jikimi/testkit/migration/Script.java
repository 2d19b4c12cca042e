package org.jikimi.testkit.migration;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One Flyway script.
 *
 * @param release with which it was released; empty if it has not been yet
 */
record Script(String name, String text, Optional<String> release) {
    private static final Pattern CONTRACT = Pattern.compile("(?m)^-- contract: unused since (\\d+\\.\\d+\\.\\d+)\\b");
    private static final Pattern NOISE =
            Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)|(?s:\\$(\\w*)\\$.*?\\$\\1\\$)|'(?:[^']|'')*'");

    /** The release since which nothing uses what this script takes away, as its comment declares. */
    Optional<String> unusedSince() {
        var found = CONTRACT.matcher(text);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }

    String sha256() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Its statements in lower case, without comments and literals, on one line each. */
    List<String> statements() {
        var bare = NOISE.matcher(text).replaceAll(found -> found.group().matches("(?s)(?:--|/\\*).*") ? " " : "''");
        var statements = new ArrayList<String>();
        for (var statement : bare.replace("\"", "").split(";", -1)) {
            var line = statement.replaceAll("\\s+", " ").strip().toLowerCase(Locale.ROOT);
            if (!line.isEmpty()) {
                statements.add(line);
            }
        }
        return statements;
    }
}
