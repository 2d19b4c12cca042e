package org.jikimi.local;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import org.jikimi.runtime.audit.AnchorFile;
import org.jikimi.runtime.audit.AuditVerdict;
import org.jikimi.runtime.audit.AuditVerifier;
import org.jikimi.runtime.audit.Reanchor;
import org.jikimi.runtime.audit.Reanchor.Result;
import org.jikimi.runtime.audit.Reanchoring;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.time.OffsetClock;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What concerns the audit rows of the services. */
@Command(
        name = "audit",
        description = "Checks who did or read what.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditCommand.Verify.class, AuditCommand.Anew.class})
final class AuditCommand {
    private static final String NO_SUCH_TABLE = "42P01";
    private static final String NO_SUCH_DATABASE = "3D000";

    /** Checks them. */
    @Command(
            name = "verify",
            description = "Checks each service's audit rows against their keyed hashes, the chain of blocks and the "
                    + "anchors outside the database, and names the first row or block that is altered, missing, "
                    + "reordered or added. Names every time that a chain was anchored anew, and why. The exit code is 0 if "
                    + "all are intact, else 1.")
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
                finding.reanchorings()
                        .forEach(act -> spec.commandLine().getOut().printf("%-22s %s%n", "", act.line()));
                allIntact &= finding.intact();
            }
            return allIntact ? 0 : 1;
        }
    }

    /** Goes on where anchors or the end of a chain are lost. */
    @Command(
            name = "reanchor",
            mixinStandardHelpOptions = true,
            description = {
                "Lets the sealing of a service's audit rows go on after its database was restored to an earlier time, or "
                        + "its anchors were lost. What the chain still holds must be intact; else nothing is done, and the "
                        + "exit code is 1.",
                "The act is itself an audit row and a line of the anchors, and every later \"audit verify\" names when, by "
                        + "whom and why it was done, and which blocks were given up."
            })
    static final class Anew implements Callable<Integer> {
        @Mixin
        private Jikimi.Where where = new Jikimi.Where();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                index = "0",
                paramLabel = "SERVICE",
                description = "screening, case, referral or notification; with -service at its end or without")
        private String module = "";

        @Option(
                names = "--reason",
                required = true,
                paramLabel = "TEXT",
                description =
                        "why: one line, such as the number of the incident; nothing personal, it is kept for ever")
        private String reason = "";

        @Option(
                names = "--by",
                paramLabel = "NAME",
                defaultValue = "${sys:user.name}",
                description = "who does it; if not given, who is logged in here")
        private String by = "";

        @Override
        public Integer call() {
            var service = Service.named(module);
            var layout = where.layout();
            var secrets = layout.knownSecrets();
            var now = new OffsetClock(layout.clockOffset()).instant();
            String told;
            int exit;
            try {
                var reanchor = new Reanchor(
                        database(layout.ports(), secrets, service), keys(secrets, service), anchors(layout, service));
                switch (reanchor.run(by, reason, now)) {
                    case Result.Done(var act) -> {
                        told = act.line();
                        exit = 0;
                    }
                    case Result.NotNeeded() -> {
                        told = "not needed: the anchors vouch for the chain as it is";
                        exit = 0;
                    }
                    case Result.Refused(var found) -> {
                        told = "refused, since it would hide what is " + found.line();
                        exit = 1;
                    }
                }
            } catch (SQLException failure) {
                throw unreadable(layout, service, failure);
            } catch (IllegalArgumentException wrong) {
                throw new StackFailure("Nothing was done: " + wrong.getMessage() + ".", wrong);
            }
            spec.commandLine().getOut().printf("%-22s %s%n", service.module(), told);
            return exit;
        }
    }

    private AuditCommand() {}

    private record Finding(boolean intact, String line, List<Reanchoring> reanchorings) {
        Finding(boolean intact, String line) {
            this(intact, line, List.of());
        }
    }

    private static Finding verify(Layout layout, Secrets secrets, Service service) {
        var anchors = anchors(layout, service);
        var keys = keys(secrets, service);
        var database = database(layout.ports(), secrets, service);
        try {
            var history = new Reanchor(database, keys, anchors).history();
            return found(AuditVerifier.verify(database, keys, anchors), history);
        } catch (SQLException failure) {
            var state = String.valueOf(failure.getSQLState());
            if (state.equals(NO_SUCH_TABLE) || state.equals(NO_SUCH_DATABASE)) {
                return anchors.newest()
                        .map(last ->
                                new Finding(false, "missing: all of it, %d anchored blocks".formatted(last.block())))
                        .orElse(new Finding(true, "intact: nothing was ever written"));
            }
            throw unreadable(layout, service, failure);
        }
    }

    private static StackFailure unreadable(Layout layout, Service service, SQLException failure) {
        if (String.valueOf(failure.getSQLState()).startsWith("08")) {
            return new StackFailure(
                    "PostgreSQL does not answer at 127.0.0.1:%d: ./jikimi up starts the platform."
                            .formatted(layout.ports().postgres()),
                    failure);
        }
        return new StackFailure(
                "The audit rows of %s cannot be read: %s.".formatted(service.module(), failure.getMessage()), failure);
    }

    private static AnchorFile anchors(Layout layout, Service service) {
        return AnchorFile.of(layout.anchors(), service.key());
    }

    private static ConfiguredKeyring keys(Secrets secrets, Service service) {
        return new ConfiguredKeyring(secrets.keysOf(service), Secrets.ENCRYPTION_KEY, Secrets.MATCHING_KEY);
    }

    private static Finding found(AuditVerdict verdict, List<Reanchoring> history) {
        if (verdict instanceof AuditVerdict.Intact intact && intact.blocks() > 0 && intact.anchored() == 0) {
            return new Finding(
                    false, "not anchored: the anchors of %d blocks are gone".formatted(intact.blocks()), history);
        }
        return new Finding(verdict instanceof AuditVerdict.Intact, verdict.line(), history);
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
