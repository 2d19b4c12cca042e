package org.jikimi.testkit;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL with fsync on; every test class asks it for a database of its own. */
public final class TestPostgres implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TestPostgres.class.getName());

    private final EmbeddedPostgres server;
    private final Path directory;
    private final AtomicInteger databases = new AtomicInteger();
    private final Map<String, Template> templates = new ConcurrentHashMap<>();
    private final Map<DataSource, Pooled> lent = new ConcurrentHashMap<>();
    private final Map<String, Deque<Pooled>> free = new ConcurrentHashMap<>();
    private final Scopes scopes;

    /** What databases of a kind are copies of. */
    private record Template(String name, Pristine pristine) {}

    private record Pooled(AgroalDataSource pool, DataSource unpooled) {}

    private TestPostgres(EmbeddedPostgres server, Path directory, Scopes scopes) {
        this.scopes = scopes;
        this.server = server;
        this.directory = directory;
    }

    /** Starts a server on a free port, in about 2 s. */
    public static TestPostgres start() {
        return start(builder(), new Scopes());
    }

    /**
     * One for a database for each test. It is not vacuumed, which would go through all of them every minute.
     *
     * @param scopes at whose end pooled databases are taken back
     */
    static TestPostgres startForManyDatabases(Scopes scopes) {
        return start(builder().setServerConfig("autovacuum", "off"), scopes);
    }

    /**
     * One to measure by, with what production gives a database ({@code deploy/kubernetes}): its commits wait for the disk,
     * which the embedded server does not have them do unless told.
     */
    static TestPostgres startToMeasure() {
        return start(
                builder()
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("shared_buffers", "512MB")
                        .setServerConfig("max_wal_size", "4GB"),
                new Scopes());
    }

    /** One that also speaks TLS; clients choose by {@code sslmode}. */
    public static TestPostgres startWithTls(TestTls tls) {
        return start(
                builder()
                        .setServerConfig("ssl", "on")
                        .setServerConfig("ssl_cert_file", tls.certificate().toString())
                        .setServerConfig("ssl_key_file", tls.key().toString()),
                new Scopes());
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder()
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("max_connections", "100")
                .setServerConfig("listen_addresses", "127.0.0.1");
    }

    private static TestPostgres start(EmbeddedPostgres.Builder builder, Scopes scopes) {
        try {
            var directory = Files.createTempDirectory("jikimi-postgres");
            return new TestPostgres(
                    builder.setDataDirectory(directory.resolve("data")).start(), directory, scopes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A new empty database; connections from it are not pooled. */
    public DataSource newDatabase() {
        return newDatabase("template1");
    }

    /** Makes an empty database what tests begin with, and leaves no connection to it open. */
    @FunctionalInterface
    public interface Preparation {
        void prepare(DataSource empty) throws SQLException;
    }

    /**
     * A database as the preparation leaves an empty one, with a pool of connections, as services have. The first of its kind
     * is prepared, which takes a second; others are copies of it, which takes a tenth of that; and one that a test is done
     * with is made like it again, which takes a tenth of a copy.
     *
     * @param kind what tells it from those prepared otherwise
     */
    public DataSource newPooledDatabase(String kind, Preparation preparation) {
        var template = templates.computeIfAbsent(kind, absent -> prepare(preparation));
        var ofKind = free.computeIfAbsent(kind, absent -> new ConcurrentLinkedDeque<>());
        var pooled = restored(ofKind, template.pristine).orElseGet(() -> {
            var database = newDatabase(template.name);
            return new Pooled(pool(database), database);
        });
        var lease = new Lease(pooled.pool);
        lent.put(lease, pooled);
        scopes.atEnd(() -> {
            lease.end();
            lent.remove(lease);
            ofKind.push(pooled);
        });
        return lease;
    }

    private Template prepare(Preparation preparation) {
        var name = "template_of_" + databases.incrementAndGet();
        create(name, "template1");
        var template = server.getDatabase("postgres", name);
        try {
            preparation.prepare(template);
            try (var connection = template.getConnection()) {
                return new Template(name, Pristine.of(connection));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first that can be made like new; the others are given up. */
    private Optional<Pooled> restored(Deque<Pooled> free, Pristine pristine) {
        for (var pooled = free.poll(); pooled != null; pooled = free.poll()) {
            try {
                if (pooled.pool.getMetrics().activeCount() == 0) {
                    try (var connection = pooled.pool.getConnection()) {
                        pooled.pool.flush(FlushMode.IDLE); // the others may have settings and locks of their test
                        if (pristine.restore(connection)) {
                            return Optional.of(pooled);
                        }
                    }
                }
            } catch (SQLException e) {
                LOG.log(Level.DEBUG, "a used database is given up", e);
            }
            pooled.pool.close();
        }
        return Optional.empty();
    }

    /**
     * Connections that nobody uses are closed after a second, as a test does not say when it is done with its database; one
     * that a test has killed is given to nobody.
     */
    private static AgroalDataSource pool(DataSource unpooled) {
        var url = ((PGSimpleDataSource) unpooled).getUrl();
        try {
            return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                    .metricsEnabled()
                    .connectionPoolConfiguration(pool -> pool.maxSize(20)
                            .reapTimeout(Duration.ofSeconds(1))
                            .connectionValidator(ConnectionValidator.defaultValidator())
                            .validateOnBorrow(true)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url)
                                    .jdbcProperty("ApplicationName", Pristine.POOL)
                                    .principal(new NamePrincipal("postgres"))
                                    .connectionProviderClass(Driver.class))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pooled database of this server, with a session of its own for whoever asks, past the pool. */
    public DataSource unpooled(DataSource pooled) {
        var database = Objects.requireNonNull(lent.get(pooled), "not one of this server's pooled databases");
        var lease = new Lease(database.unpooled);
        scopes.atEnd(lease::end);
        return lease;
    }

    private DataSource newDatabase(String template) {
        var name = "test_" + databases.incrementAndGet();
        create(name, template);
        return server.getDatabase("postgres", name);
    }

    private void create(String name, String template) {
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The database of a service and who may log in to it.
     *
     * @param owner role that migrates
     * @param app role that the service works as
     */
    public record ServiceDatabase(String url, String owner, String ownerPassword, String app, String appPassword) {
        @Override
        public String toString() {
            return url;
        }
    }

    /** A new empty database with an owner and an app role of its own, as in production. */
    public ServiceDatabase newServiceDatabase() {
        var name = "service_" + databases.incrementAndGet();
        var made = new ServiceDatabase(
                server.getJdbcUrl("postgres", name).replaceFirst("[?].*", ""),
                name + "_owner",
                UUID.randomUUID().toString(),
                name + "_app",
                UUID.randomUUID().toString());
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(made.owner, made.ownerPassword));
            statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(made.app, made.appPassword));
            statement.execute("CREATE DATABASE %s OWNER %s".formatted(name, made.owner));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    /**
     * A copy of a service's database as it stands, for the same roles. Whoever is connected to the original is hung up on,
     * and may come again.
     *
     * @param url of the original, without parameters
     * @return the url of the copy
     */
    public String copy(String url) {
        var original = url.substring(url.lastIndexOf('/') + 1);
        var name = original + "_copy_" + databases.incrementAndGet();
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("ALTER DATABASE " + original + " ALLOW_CONNECTIONS false");
            statement.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + original + "'");
            statement.execute("CREATE DATABASE %s OWNER %s_owner TEMPLATE %s".formatted(name, original, original));
            statement.execute("ALTER DATABASE " + original + " ALLOW_CONNECTIONS true");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url.substring(0, url.length() - original.length()) + name;
    }

    /**
     * Ends the server at once and deletes what it held. An orderly shutdown writes all of it down first, which on a busy disk
     * takes longer than surefire gives the JVM of the tests to end.
     */
    @Override
    public void close() {
        try {
            var id =
                    Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst();
            var postmaster = ProcessHandle.of(Long.parseLong(id)).orElseThrow();
            new ProcessBuilder("kill", "-QUIT", id).start().waitFor();
            postmaster.onExit().get(10, TimeUnit.SECONDS);
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
