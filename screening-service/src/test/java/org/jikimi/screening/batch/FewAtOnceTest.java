package org.jikimi.screening.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import org.jikimi.runtime.db.Failures;
import org.jikimi.runtime.db.Transactions;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {
    private static final Connection NONE = (Connection) Proxy.newProxyInstance(
            FewAtOnceTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> null);

    private final FewAtOnce oneAtOnce = new FewAtOnce(
            new Transactions() {
                @Override
                public <T> T run(Work<T> work) throws SQLException {
                    return work.in(NONE);
                }
            },
            1,
            Duration.ofMillis(20));

    @Test
    void whoGetsNoTurnInTimeIsToldToComeAgain() throws SQLException {
        var late = oneAtOnce.run(tx -> assertThrows(SQLTransientException.class, () -> oneAtOnce.run(other -> 1)));

        assertTrue(Failures.isInfrastructure(late), "it is answered 503");
    }

    @Test
    void aTurnEndsAlsoWhereTheWorkFails() throws SQLException {
        assertThrows(
                SQLException.class,
                () -> oneAtOnce.run(tx -> {
                    throw new SQLException("broken");
                }));

        int answer = oneAtOnce.run(tx -> 1);

        assertEquals(1, answer);
    }

    @Test
    void whoIsStoppedWhileItWaitsStaysStopped() throws SQLException {
        oneAtOnce.run(tx -> {
            Thread.currentThread().interrupt();
            assertThrows(SQLTransientException.class, () -> oneAtOnce.run(other -> 1));
            return 1;
        });

        assertTrue(Thread.interrupted());
    }
}
