package org.jikimi.cases.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.jikimi.cases.TestDatabase;
import org.jikimi.runtime.db.KeyLocks;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.Test;

/** Two ids become one child while somebody waits to work on one of them. */
class AliasesTest {
    private static final UUID CHILD = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0001L);
    private static final UUID ALIAS = new UUID(0x0197_e5a0_0000_7000L, 0x8000_0000_0000_0002L);
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DataSource database = TestDatabase.create();
    private final Transactions transactions = Transactions.of(database);
    private final Aliases aliases = new Aliases();

    @Test
    void whoeverWaitedForAnIdWhileItBecameAnAliasHasTheLockOfTheChildToo() throws Exception {
        var end = new CompletableFuture<Void>();
        var working = transactions.run(merging -> {
            KeyLocks.lock(merging, List.of(ALIAS.toString()));
            var waiting = lockAliasUntil(end);
            await().atMost(SOON).until(() -> waiting.isDone() || somebodyWaits());
            aliases.note(merging, Aliases.Decision.merged(ALIAS, CHILD, 2));
            return waiting;
        });
        await("it has the locks of both")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(locked(ALIAS) && locked(CHILD)).isTrue());
        end.complete(null);
        working.join();
    }

    private CompletableFuture<Void> lockAliasUntil(CompletableFuture<Void> end) {
        return CompletableFuture.runAsync(() -> {
            try {
                transactions.run(tx -> {
                    aliases.lock(tx, ALIAS);
                    end.join();
                    return tx;
                });
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
    }

    private boolean somebodyWaits() throws SQLException {
        return !TestDatabase.query(database, "SELECT 1 FROM pg_locks WHERE NOT granted")
                .isEmpty();
    }

    private boolean locked(UUID id) throws SQLException {
        return !TestDatabase.query(
                        database,
                        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted "
                                + "AND objid::bigint = hashtext('" + id + "')::bigint & 4294967295")
                .isEmpty();
    }
}
