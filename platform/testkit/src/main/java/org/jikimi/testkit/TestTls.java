package org.jikimi.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.UUID;

/**
 * A key and a certificate for 127.0.0.1 that nobody but the test trusts, as files in the forms that servers and clients
 * ask for.
 *
 * @param keyStore PKCS12 with both
 * @param trustStore PKCS12 with the certificate, as an authority
 * @param password of both stores
 * @param certificate PEM
 * @param key PEM, readable by its owner alone
 */
public record TestTls(Path keyStore, Path trustStore, String password, Path certificate, Path key) {
    private static final String ALIAS = "server";

    /** Makes them in the directory. */
    public static TestTls in(Path directory) {
        try {
            var tls = new TestTls(
                    directory.resolve("key.p12"),
                    directory.resolve("trust.p12"),
                    UUID.randomUUID().toString(),
                    directory.resolve("server.crt"),
                    directory.resolve("server.key"));
            tls.makeKey();
            tls.writeFiles();
            return tls;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void makeKey() throws IOException {
        var passwordFile = Files.writeString(keyStore.resolveSibling("password"), password);
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1,dns:localhost",
                        "-ext",
                        "bc=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore.toString(),
                        "-storepass:file",
                        passwordFile.toString())
                .redirectErrorStream(true)
                .start();
        var told = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(told);
        }
    }

    private void writeFiles() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keyStore)) {
            store.load(in, password.toCharArray());
        }
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
        try (var out = Files.newOutputStream(trustStore)) {
            trusted.store(out, password.toCharArray());
        }
        Files.writeString(
                certificate, pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded()));
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(
                key,
                pem("PRIVATE KEY", store.getKey(ALIAS, password.toCharArray()).getEncoded()));
    }

    private static String pem(String name, byte[] der) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(name, lines);
    }
}
