package org.jikimi.runtime.boot;

import io.quarkus.arc.Unremovable;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.runtime.audit.Audit;
import org.jikimi.runtime.audit.JdbcAudit;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.db.WatchedSockets;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.erasure.ForgetSubjects;
import org.jikimi.runtime.event.EventKinds;
import org.jikimi.runtime.event.Events;
import org.jikimi.runtime.event.Tracing;
import org.jikimi.runtime.inbox.EventHandler;
import org.jikimi.runtime.inbox.EventIntake;
import org.jikimi.runtime.inbox.Inbox;
import org.jikimi.runtime.inbox.Outcome;
import org.jikimi.runtime.keys.ConfiguredKeyring;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.keys.SubjectKeys;
import org.jikimi.runtime.outbox.Outbox;
import org.jikimi.runtime.outbox.Relay;
import org.jikimi.runtime.outbox.RelayMarks;
import org.jikimi.runtime.outbox.Unsent;
import org.jikimi.runtime.time.OffsetClock;
import org.jikimi.runtime.time.Times;
import org.postgresql.ds.PGSimpleDataSource;

/** Makes the platform's objects beans of the service. */
@Singleton
final class Wiring {
    private static final int RELAY_PAGE = 2_000;
    private static final Duration RELAY_POLL = Duration.ofMillis(20);

    @Produces
    @Singleton
    Times times(ClockSettings clock) {
        if (!clock.simulated()) {
            return new Times(InstantSource.system());
        }
        var file = clock.offsetFile()
                .orElseThrow(() -> new IllegalStateException("jikimi.clock.simulated needs jikimi.clock.offset-file"));
        return new Times(new OffsetClock(file));
    }

    /** Transactions after which the relay looks at once. */
    @Produces
    @Singleton
    Transactions transactions(DataSource pool, Relay relay) {
        var plain = Transactions.of(pool);
        return new Transactions() {
            @Override
            public <T> T run(Work<T> work) throws SQLException {
                var result = plain.run(work);
                relay.wake();
                return result;
            }
        };
    }

    @Produces
    @Singleton
    @Unremovable
    Relay relay(
            @ConfigProperty(name = "jikimi.service") String service,
            KafkaSettings kafka,
            KafkaClients clients,
            @ConfigProperty(name = "jikimi.db.url") String url,
            @ConfigProperty(name = "jikimi.db.app.user") String user,
            @ConfigProperty(name = "jikimi.db.app.password") String password,
            @ConfigProperty(name = "jikimi.db.session") String options) {
        var session = sessionOfRelay(url, user, password, options);
        var marks = new RelayMarks(kafka.markTopic(), () -> clients.consumer(service));
        return new Relay(
                session, clients::producer, RELAY_PAGE, RELAY_POLL, step -> {}, marks, clients::writableTopicIds);
    }

    /**
     * Leadership is a lock of a session, so the session is the relay's own and past every pool. It is missed as those of the
     * pools are ({@code jikimi.db.session}), or nobody would lead for hours after a leader's machine is gone.
     */
    static PGSimpleDataSource sessionOfRelay(String url, String user, String password, String options) {
        var session = new PGSimpleDataSource();
        session.setUrl(url);
        session.setUser(user);
        session.setPassword(password);
        session.setApplicationName("jikimi-relay");
        session.setTcpKeepAlive(true);
        session.setSocketFactory(WatchedSockets.class.getName());
        session.setOptions(options);
        return session;
    }

    @Produces
    @Singleton
    Outbox outbox() {
        return new Outbox();
    }

    /** What the service consumes; nothing, if it has no intake. */
    @Produces
    @Singleton
    Inbox inbox(
            @ConfigProperty(name = "jikimi.service") String service,
            Transactions transactions,
            Outbox outbox,
            Tracing tracing,
            Instance<EventIntake> intake) {
        EventHandler handler = intake.isResolvable() ? intake.get() : (event, tx) -> Outcome.STALE;
        return new Inbox(service, transactions, outbox, handler, tracing, step -> {});
    }

    @Produces
    @Singleton
    Unsent unsent(DataSource pool) {
        return new Unsent(pool);
    }

    @Produces
    @Singleton
    Events events(Outbox outbox, Times times, Instance<EventKinds> kinds) {
        return new Events(outbox, times, kinds.get());
    }

    @Produces
    @Singleton
    DueWork dueWork() {
        return new DueWork();
    }

    @Produces
    @Singleton
    Keyring keyring(KeySettings settings) {
        var keys = new HashMap<String, byte[]>();
        settings.key().forEach((id, text) -> keys.put(id, Base64.getDecoder().decode(text)));
        return new ConfiguredKeyring(keys, settings.current(), settings.matching());
    }

    @Produces
    @Singleton
    SubjectKeys subjectKeys(Keyring keys) {
        return new SubjectKeys(keys);
    }

    @Produces
    @Singleton
    ForgetSubjects forgetSubjects(SubjectKeys keys) {
        return new ForgetSubjects(keys);
    }

    @Produces
    @Singleton
    Audit audit(Keyring keys) {
        return new JdbcAudit(keys);
    }
}
