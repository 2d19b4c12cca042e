package org.jikimi.notification.delivery;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.time.Times;

/** Runs the workers that send mails for as long as the service runs. Two, so that one slow answer stops nobody. */
@ApplicationScoped
class MailWorkers {
    private static final int WORKERS = 2;
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final Transactions transactions;
    private final Subscriptions subscriptions;
    private final DeliverySignal signal;
    private final SmtpConfig config;
    private final Times times;
    private final List<MailWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    MailWorkers(
            Transactions transactions,
            Subscriptions subscriptions,
            DeliverySignal signal,
            SmtpConfig config,
            Times times) {
        this.transactions = transactions;
        this.subscriptions = subscriptions;
        this.signal = signal;
        this.config = config;
        this.times = times;
    }

    void start(@Observes StartupEvent started) {
        for (int i = 0; i < WORKERS; i++) {
            var worker = new MailWorker(transactions, subscriptions, signal, config, times);
            workers.add(worker);
            threads.add(Thread.ofPlatform().name("mail-" + i).start(worker));
        }
    }

    void stop(@Observes ShutdownEvent ending) throws InterruptedException {
        workers.forEach(MailWorker::stop);
        for (var thread : threads) {
            if (!thread.join(DRAIN)) {
                thread.interrupt();
            }
        }
    }
}
