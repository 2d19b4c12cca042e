package org.jikimi.systemtests.running;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jikimi.systemtests.Family;

/**
 * One of the bad lines of {@code src/test/resources/bad-lines}.
 *
 * @param code that it is rejected with
 * @param what is wrong with it
 * @param escaped the line, with {@code \\xHH} for a byte and {@code %NAME%} for what differs from run to run
 */
record BadLine(String code, String what, String escaped) {
    static List<BadLine> all(String corpus) throws IOException {
        try (var file = Objects.requireNonNull(BadLine.class.getResourceAsStream("/bad-lines/" + corpus))) {
            return new String(file.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", 3))
                    .map(columns -> new BadLine(columns[0], columns[1], columns[2]))
                    .toList();
        }
    }

    byte[] bytes(Family family) {
        return bytes(escaped, family);
    }

    /** What stands for a good line too. */
    static byte[] bytes(String escaped, Family family) {
        var identifier = family.child().path("identifier");
        var text = escaped.replace("%ID%", UUID.randomUUID().toString())
                .replace("%SUBJECT%", identifier.path("value").asText())
                .replace("%SCHEME%", identifier.path("scheme").asText())
                .replace("%DISTRICT%", family.district())
                .replace("%DONG%", family.child().path("dongCode").asText())
                .replace("%PAD%", "x".repeat(65_537))
                .replace("%DIGITS%", "1".repeat(1_001));
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                bytes.writeBytes(String.valueOf(c).getBytes(UTF_8));
            } else if (text.charAt(++i) == 'x') {
                bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
                i += 2;
            } else {
                bytes.write('\\');
            }
        }
        return bytes.toByteArray();
    }

    /**
     * What was expected of a line and what came of it, where that differs.
     *
     * @param expected by number, a bad line as {@link #toString} tells it
     * @param rejected by number, the code
     */
    static List<String> wrong(Map<Long, String> expected, Map<Long, String> rejected) {
        var wrong = new ArrayList<String>();
        expected.forEach((line, what) -> {
            var code = rejected.getOrDefault(line, "taken");
            if (!what.startsWith(code + ": ")) {
                wrong.add(code + " instead of " + what);
            }
        });
        rejected.keySet().stream()
                .filter(line -> !expected.containsKey(line))
                .forEach(line -> wrong.add("good line " + line + " was rejected: " + rejected.get(line)));
        return wrong;
    }

    @Override
    public String toString() {
        return code + ": " + what + ": " + escaped;
    }
}
