package org.jikimi.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The backup of one database as files that only their owner may read: {@code manifest.properties}, the migrations that
 * made it as {@code schema.sql}, and a {@code TABLE.copy} for each table.
 *
 * @param directory of one service within a backup
 */
record BackupFiles(Path directory) {
    private static final String MANIFEST = "manifest.properties";
    private static final String SUFFIX = ".rows";

    /** The files of one service in a backup. */
    static BackupFiles of(Path backup, Service service) {
        return new BackupFiles(backup.resolve(service.key()));
    }

    /** Makes the directory, which is not there yet. */
    void make() throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    Path schema() {
        return directory.resolve("schema.sql");
    }

    OutputStream write(String table) throws IOException {
        var file = Files.createFile(
                rows(table), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    }

    InputStream read(String table) throws IOException {
        return new BufferedInputStream(Files.newInputStream(rows(table)), 1 << 16);
    }

    void writeManifest(Properties manifest) {
        SecretFiles.write(directory.resolve(MANIFEST), manifest);
    }

    /**
     * What the backup says of itself.
     *
     * @throws StackFailure if it is none
     */
    Properties manifest() {
        if (!Files.exists(directory.resolve(MANIFEST))) {
            throw new StackFailure(directory + " is no backup: ./jikimi backup DIR writes one.");
        }
        return SecretFiles.read(directory.resolve(MANIFEST));
    }

    /** The tables that a manifest names, sorted. */
    static List<String> tables(Properties manifest) {
        var tables = new TreeSet<String>();
        for (var name : manifest.stringPropertyNames()) {
            if (name.endsWith(SUFFIX)) {
                tables.add(name.substring(0, name.length() - SUFFIX.length()));
            }
        }
        return List.copyOf(tables);
    }

    /**
     * Reads every byte once, before anything is done with them.
     *
     * @throws StackFailure if a file is not as it was written
     */
    void requireWhole(Properties manifest) throws IOException {
        for (var table : tables(manifest)) {
            var file = rows(table);
            if (!Files.exists(file) || !sha256(table).equals(manifest.getProperty(table + ".sha256"))) {
                throw new StackFailure(file + " is damaged: take another backup.");
            }
        }
    }

    String sha256(String table) throws IOException {
        try (var in = new DigestInputStream(read(table), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Tells one set of keys from another, and nothing of the keys. */
    static String fingerprint(Secrets secrets, Service service) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            var marks = new StringBuilder();
            for (var id : List.of(Secrets.ENCRYPTION_KEY, Secrets.MATCHING_KEY)) {
                mac.init(new SecretKeySpec(secrets.keysOf(service).get(id), "HmacSHA256"));
                marks.append(HexFormat.of().formatHex(mac.doFinal("jikimi backup".getBytes(UTF_8)), 0, 8));
            }
            return marks.toString();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Path rows(String table) {
        return directory.resolve(table + ".copy");
    }
}
