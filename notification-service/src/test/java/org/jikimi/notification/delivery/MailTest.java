package org.jikimi.notification.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jikimi.notification.TestClock;
import org.jikimi.notification.TestDatabase;
import org.jikimi.notification.TestKeyring;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.notification.subscription.TestSubscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.security.Caller;
import org.jikimi.runtime.time.Times;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mails over real SMTP. */
class MailTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Times times = new Times(new TestClock());
    private final Subscriptions subscriptions = new Subscriptions(new TestKeyring());
    private final DeliverySignal signal = new DeliverySignal();
    private final PlanDeliveries plan = new PlanDeliveries(subscriptions, signal, times);
    private DataSource database;
    private Transactions transactions;
    private int port;
    private GreenMail server;
    private MailWorker worker;
    private Thread thread;

    @BeforeEach
    void start() throws SQLException, IOException {
        database = TestDatabase.create();
        transactions = Transactions.of(database);
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = server();
        worker = new MailWorker(transactions, subscriptions, signal, config(port), times, Integer.MAX_VALUE);
        thread = Thread.ofPlatform().unstarted(worker);
    }

    @AfterEach
    void stop() throws InterruptedException {
        worker.stop();
        thread.join();
        server.stop();
    }

    @Test
    void anAlertArrivesWithItsCorrelationAndLabelledSynthetic() throws Exception {
        server.start();
        thread.start();
        var notice = notice(0);

        plan(notice);

        var mail = received(1).getFirst();
        assertThat(mail.getHeader("X-Jikimi-Correlation"))
                .containsExactly(notice.correlationId().toString());
        assertThat(mail.getHeader("X-Jikimi-Alert"))
                .containsExactly(notice.alertId().toString());
        assertThat(mail.getHeader("X-Jikimi-Synthetic")).containsExactly("true");
        assertThat(mail.getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("dong-officer.11110@jikimi.test");
        assertThat(mail.getSubject()).isEqualTo("긴급 / urgent");
        assertThat(mail.getContent().toString()).contains("본문 body").contains("synthetic data");
    }

    @Test
    void itLeavesWithinASecondOfTheCommit() throws Exception {
        server.start();
        thread.start();
        plan(notice(0)); // opens the connection
        received(1);
        var begin = System.nanoTime();

        plan(notice(0));

        await().pollInterval(Duration.ofMillis(5)).atMost(SOON).until(() -> server.getReceivedMessages().length == 2);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatIsDownLosesNothing() throws Exception {
        thread.start();
        for (int i = 0; i < 30; i++) {
            plan(notice(i % 3));
        }
        await().atMost(SOON).until(() -> codes().contains("SERVER_UNREACHABLE"));

        server.start();

        assertThat(received(30)).hasSize(30);
        await().atMost(SOON).until(() -> states().equals(List.of("SENT")));
    }

    @Test
    void aServerThatIsStartedAnewIsFoundAgain() throws Exception {
        server.start();
        thread.start();
        plan(notice(0));
        received(1);
        server.stop();
        server = server();
        server.start();

        plan(notice(0));

        assertThat(received(1)).hasSize(1);
    }

    @Test
    void aMailThatMayHaveLeftBeforeACrashIsSentAgainUnderTheSameMessageId() throws Exception {
        server.start();
        plan(notice(0));
        TestDatabase.execute(database, "UPDATE delivery SET attempts = 1"); // claimed; then its worker died
        thread.start();
        received(1);
        await().atMost(SOON).until(() -> states().equals(List.of("SENT")));

        TestDatabase.execute(database, "UPDATE delivery SET state = 'PENDING', due_at = now()");

        var mails = received(2);
        assertThat(mails.get(0).getMessageID()).isEqualTo(mails.get(1).getMessageID());
        assertThat(mails.get(0).getMessageID())
                .isEqualTo("<"
                        + TestDatabase.query(database, "SELECT id FROM delivery")
                                .getFirst() + "@jikimi>");
    }

    @Test
    void aSubscriberOfTheRoleAndDistrictIsToldAndNoOther() throws Exception {
        var subscribe = new TestSubscriptions(transactions, subscriptions);
        subscribe.email(caller("dong-officer", "11110"), "officer@example.test");
        subscribe.email(caller("police", "11110"), "police@example.test");
        subscribe.email(caller("dong-officer", "11350"), "elsewhere@example.test");
        server.start();
        thread.start();

        plan(notice(0));

        assertThat(received(2))
                .extracting(mail -> mail.getAllRecipients()[0].toString())
                .containsExactlyInAnyOrder("dong-officer.11110@jikimi.test", "officer@example.test");
        assertThat(TestDatabase.query(database, "SELECT count(*) FROM delivery"))
                .containsExactly("2");
    }

    @Test
    void theMostPressingLeaveFirst() throws Exception {
        server.start();
        var later = notice(2);
        var first = notice(0);
        plan(later);
        plan(first);

        thread.start();

        assertThat(received(2).getFirst().getHeader("X-Jikimi-Alert"))
                .containsExactly(first.alertId().toString());
    }

    @Test
    void aMailThatTheServerRefusesHoldsUpNoOther() throws Exception {
        try (var picky = new PickySmtpServer("refused")) {
            var refusing =
                    new MailWorker(transactions, subscriptions, signal, config(picky.port()), times, Integer.MAX_VALUE);
            var refusingThread = Thread.ofPlatform().start(refusing);
            plan(notice(0, "refused"));
            plan(notice(1, "dong-officer"));

            await().atMost(SOON).until(() -> states().equals(List.of("PENDING", "SENT")));
            await().atMost(SOON).until(() -> codes().contains("SMTP_550"));

            TestDatabase.execute(database, "UPDATE delivery SET refusals = 4, due_at = now() WHERE state = 'PENDING'");
            await().atMost(SOON).until(() -> states().equals(List.of("FAILED", "SENT")));
            refusing.stop();
            refusingThread.join();
        }
    }

    @Test
    void anUrgentMailLeavesWhileEveryOtherOneIsStuck() throws Exception {
        try (var slow = new PickySmtpServer("nobody")) {
            var workers = new MailWorkers(transactions, subscriptions, signal, config(slow.port()), times);
            for (int i = 0; i < 30; i++) {
                plan(notice(1, PickySmtpServer.UNANSWERED));
            }
            workers.start(new StartupEvent());
            await().atMost(SOON).until(() -> claimed().equals("20")); // ten each

            plan(notice(0, "dong-officer"));

            await().atMost(Duration.ofSeconds(2)).until(() -> states().equals(List.of("PENDING", "SENT")));
            workers.stop(new ShutdownEvent());
        }
    }

    private String claimed() throws SQLException {
        return TestDatabase.query(database, "SELECT count(*) FROM delivery WHERE attempts > 0")
                .getFirst();
    }

    private void plan(Notice notice) throws SQLException {
        transactions.run(tx -> {
            plan.plan(tx, notice);
            return true;
        });
    }

    private List<MimeMessage> received(int count) throws MessagingException {
        await().atMost(SOON).until(() -> server.getReceivedMessages().length >= count);
        return Arrays.asList(server.getReceivedMessages());
    }

    private List<String> states() throws SQLException {
        return TestDatabase.query(database, "SELECT DISTINCT state FROM delivery ORDER BY 1");
    }

    private List<String> codes() throws SQLException {
        return TestDatabase.query(database, "SELECT last_code FROM delivery WHERE last_code IS NOT NULL");
    }

    private static Caller caller(String role, String district) {
        return new Caller(UUID.randomUUID().toString(), Set.of(role), null, Set.of(district), null);
    }

    private static Notice notice(int priority) {
        return notice(priority, "dong-officer");
    }

    private static Notice notice(int priority, String role) {
        return new Notice(
                UUID.randomUUID(),
                0,
                role,
                "11110",
                null,
                "ChildFlagged",
                UUID.randomUUID(),
                priority,
                "긴급 / urgent",
                "본문 body\n");
    }

    private GreenMail server() {
        return new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    private static SmtpConfig config(int port) {
        return new SmtpConfig() {
            @Override
            public String host() {
                return "127.0.0.1";
            }

            @Override
            public int port() {
                return port;
            }

            @Override
            public String domain() {
                return "jikimi.test";
            }

            @Override
            public Duration timeout() {
                return Duration.ofSeconds(5);
            }

            @Override
            public boolean startTls() {
                return false;
            }

            @Override
            public Optional<String> user() {
                return Optional.empty();
            }

            @Override
            public Optional<String> password() {
                return Optional.empty();
            }
        };
    }
}
