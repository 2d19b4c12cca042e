package org.jikimi.notification.subscription;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.security.Caller;

/** Subscribes without REST. */
public final class TestSubscriptions {
    public static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLasw";

    private final Transactions transactions;
    private final Subscribe subscribe;

    public TestSubscriptions(Transactions transactions, Subscriptions subscriptions) {
        this.transactions = transactions;
        this.subscribe = new Subscribe(subscriptions, true);
    }

    public UUID webhook(Caller caller, String url, String... types) throws SQLException {
        return subscribe(caller, new SubscribeRequest("WEBHOOK", null, url, SECRET, List.of(types), null));
    }

    public UUID email(Caller caller, String address) throws SQLException {
        return subscribe(caller, new SubscribeRequest("EMAIL", address, null, null, null, null));
    }

    private UUID subscribe(Caller caller, SubscribeRequest request) throws SQLException {
        subscribe.refusal(caller, request).ifPresent(problem -> {
            throw new AssertionError(problem.code());
        });
        return transactions.run(tx -> subscribe
                .subscribe(tx, caller, request, Instant.parse("2026-11-02T00:00:00Z"))
                .id());
    }
}
