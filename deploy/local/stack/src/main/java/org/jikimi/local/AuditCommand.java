package org.jikimi.local;

import java.sql.SQLException;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.AuditVerdict;
import org.jikimi.runtime.audit.AuditVerifier;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What concerns the audit rows of the services. */
@Command(
        name = "audit",
        description = "Checks who did or read what.",
        mixinStandardHelpOptions = true,
        subcommands = AuditCommand.Verify.class)
final class AuditCommand {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    /** Checks them. */
    @Command(
            name = "verify",
            description = "Checks each service's audit rows against their keyed hashes, the chain of blocks and the "
                    + "anchors outside the database, and names the first row or block that is altered, missing, "
                    + "reordered or added. The exit code is 0 if all are intact, else 1.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private Jikimi.Where where = new Jikimi.Where();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            var layout = where.layout();
            var secrets = layout.knownSecrets();
            var allIntact = true;
            for (var service : Service.values()) {
                var finding = verify(layout, secrets, service);
                spec.commandLine().getOut().printf("%-22s %s%n", service.module(), finding.line());
                allIntact &= finding.intact();
            }
            return allIntact ? 0 : 1;
        }
    }

    private AuditCommand() {}

    private record Finding(boolean intact, String line) {}

    private static Finding verify(Layout layout, Secrets secrets, Service service) {
        var anchors = AnchorFile.of(layout.anchors(), service.key());
        var keys = new ConfiguredKeyring(secrets.keysOf(service), Secrets.ENCRYPTION_KEY, Secrets.MATCHING_KEY);
        try {
            return found(AuditVerifier.verify(database(layout.ports(), secrets, service), keys, anchors));
        } catch (SQLException failure) {
            var state = String.valueOf(failure.getSQLState());
            if (state.equals(NO_SUCH_TABLE) || state.equals(NO_SUCH_DATABASE)) {
                return anchors.newest()
                        .map(last ->
                                new Finding(false, "missing: all of it, %d anchored blocks".formatted(last.block())))
                        .orElse(new Finding(true, "intact: nothing was ever written"));
            }
            if (state.startsWith("08")) {
                throw new StackFailure(
                        "PostgreSQL does not answer at 127.0.0.1:%d: ./jikimi up starts the platform."
                                .formatted(layout.ports().postgres()),
                        failure);
            }
            throw new StackFailure(
                    "The audit rows of %s cannot be read: %s.".formatted(service.module(), failure.getMessage()),
                    failure);
        }
    }

    private static Finding found(AuditVerdict verdict) {
        if (verdict instanceof AuditVerdict.Intact intact && intact.blocks() > 0 && intact.anchored() == 0) {
            return new Finding(false, "not anchored: the anchors of %d blocks are gone".formatted(intact.blocks()));
        }
        return new Finding(verdict instanceof AuditVerdict.Intact, verdict.line());
    }

    /** As the service itself reads them; nothing more is needed. */
    private static DataSource database(Ports ports, Secrets secrets, Service service) {
        var database = new PGSimpleDataSource();
        database.setUrl("jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + service.key());
        database.setUser(Secrets.appOf(service));
        database.setPassword(secrets.of(service, "db.app"));
        return database;
    }
}
