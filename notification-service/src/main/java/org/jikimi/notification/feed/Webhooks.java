package org.jikimi.notification.feed;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jikimi.notification.subscription.Subscriptions;
import org.jikimi.notification.subscription.WebhookTarget;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.keys.Keyring;
import org.jikimi.runtime.time.Times;

/** Runs the dispatcher of webhooks for as long as the service runs. */
@ApplicationScoped
class Webhooks {
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final WebhookDispatcher dispatcher;
    private final Thread thread;

    Webhooks(
            Transactions transactions,
            Subscriptions subscriptions,
            FeedSignal signal,
            Keyring keyring,
            Times times,
            @ConfigProperty(name = "jikimi.webhook.loopback-allowed", defaultValue = "false") boolean loopbackAllowed) {
        var sender = new WebhookSender(new WebhookTarget(loopbackAllowed), keyring, times);
        this.dispatcher = new WebhookDispatcher(transactions, subscriptions, signal, sender, times);
        this.thread = Thread.ofPlatform().name("webhooks").unstarted(dispatcher);
    }

    void start(@Observes StartupEvent started) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent ending) throws InterruptedException {
        dispatcher.stop();
        if (!thread.join(DRAIN)) {
            thread.interrupt();
        }
    }
}
