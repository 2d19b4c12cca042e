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

/**
 * Runs the workers that send mails for as long as the service runs. Two send all, so that one slow answer stops nobody;
 * one more sends the urgent alone, which thus never wait for others to leave.
 */
@ApplicationScoped
class MailWorkers {
    private static final int URGENT = 0;

    /** The least pressing mail that each worker sends. */
    private static final List<Integer> WORKERS = List.of(URGENT, Integer.MAX_VALUE, Integer.MAX_VALUE);

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
        for (int leastPressing : WORKERS) {
            var worker = new MailWorker(transactions, subscriptions, signal, config, times, leastPressing);
            threads.add(Thread.ofPlatform().name("mail-" + workers.size()).start(worker));
            workers.add(worker);
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
