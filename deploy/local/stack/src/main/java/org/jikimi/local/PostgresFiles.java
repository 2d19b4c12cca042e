package org.jikimi.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** Unpacks the PostgreSQL that lies in a jar for each system. */
final class PostgresFiles {
    private PostgresFiles() {}

    /** Unpacks into the directory unless that was done before, and tells it. */
    static Path unpackedIn(Path directory) {
        if (Files.isDirectory(directory)) {
            return directory;
        }
        var draft = directory.resolveSibling(directory.getFileName() + ".draft");
        var archive = "/postgres-" + system() + "-" + processor() + ".txz";
        try (var resource = PostgresFiles.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new StackFailure("There is no PostgreSQL for this system (" + archive + " is missing).");
            }
            Trees.delete(draft);
            unpack(new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource))), draft);
            Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
            return directory;
        } catch (IOException e) {
            throw new StackFailure("PostgreSQL cannot be unpacked to " + directory + ": " + e.getMessage() + ".", e);
        }
    }

    private static void unpack(TarArchiveInputStream archive, Path directory) throws IOException {
        try (archive) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                var file = directory.resolve(entry.getName()).normalize();
                if (!file.startsWith(directory)) {
                    throw new IOException(entry.getName() + " points outside");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(archive, file);
                    if ((entry.getMode() & 0100) != 0) {
                        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
                    }
                }
            }
        }
    }

    private static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
    }

    private static String processor() {
        return switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            case String other -> other;
        };
    }
}
