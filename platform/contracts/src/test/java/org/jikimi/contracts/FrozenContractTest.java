package org.jikimi.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A contract, once published, changes on purpose only. */
class FrozenContractTest {

    private static final Path APPROVED = Path.of("src/test/resources/approved/contracts.sha256");

    private static final String HOW_TO_APPROVE = """
            A published contract differs from the approved one. Users of v1 rely on it: only an addition that may be \
            absent stays v1, anything else is a v2 beside v1. If the change is meant, approve it with

                mvn -f platform/contracts/pom.xml test -Dtest=FrozenContractTest -Dcontracts.approve

            and commit %s with the change.""".formatted(APPROVED);

    @Test
    void every_schema_and_golden_file_is_the_approved_one() throws IOException {
        Map<String, String> current = hashes(ContractFiles::bytes);
        if (System.getProperty("contracts.approve") != null) {
            Files.createDirectories(APPROVED.getParent());
            Files.writeString(APPROVED, format(current));
        }

        assertThat(format(current)).as(HOW_TO_APPROVE).isEqualTo(Files.readString(APPROVED));
    }

    @Test
    void a_change_of_one_byte_of_any_file_is_caught() {
        Map<String, String> approved = hashes(ContractFiles::bytes);

        for (String changed : approved.keySet()) {
            assertThat(hashes(file -> file.equals(changed) ? oneByteMore(file) : ContractFiles.bytes(file)))
                    .as(changed)
                    .isNotEqualTo(approved);
        }
    }

    private static byte[] oneByteMore(String file) {
        return (new String(ContractFiles.bytes(file), StandardCharsets.UTF_8) + " ").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> hashes(Function<String, byte[]> files) {
        Map<String, String> hashes = new TreeMap<>();
        for (EventType type : EventTypes.all()) {
            hashes.put(type.schemaResource(), sha256(files.apply(type.schemaResource())));
            hashes.put(type.goldenResource(), sha256(files.apply(type.goldenResource())));
        }
        return hashes;
    }

    private static String format(Map<String, String> hashes) {
        return hashes.entrySet().stream()
                .map(it -> it.getValue() + "  " + it.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
