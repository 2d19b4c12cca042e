package org.jikimi.runtime.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jikimi.testkit.Parts;
import org.junit.jupiter.api.Test;

class SqlTest {
    private final DataSource database = Parts.postgres().newDatabase();

    @Test
    void whatOneTransactionHasParsedTheNextOneNeedNot() throws SQLException {
        try (var one = database.getConnection();
                var another = database.getConnection()) {
            assertThat(parserOf(one)).isSameAs(parserOf(another));
        }
    }

    @Test
    void eachTransactionHasItsOwnConnectionAndKeepsItOpen() throws SQLException {
        try (var one = database.getConnection();
                var another = database.getConnection()) {
            var first = Sql.on(one);
            try (var second = Sql.on(another)) {
                assertThat(first.getConnection()).isSameAs(one);
                assertThat(second.getConnection()).isSameAs(another);
            }
            assertThat(Sql.on(another)
                            .createQuery("SELECT 1")
                            .mapTo(Integer.class)
                            .one())
                    .isOne();
        }
    }

    private static Object parserOf(Connection tx) {
        return Sql.on(tx).getConfig(SqlStatements.class).getSqlParser();
    }
}
