package org.jikimi.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jikimi.runtime.db.Transactions;
import org.jikimi.runtime.due.DueWork;
import org.jikimi.runtime.time.Times;
import org.jikimi.testkit.ServiceParts;
import org.junit.jupiter.api.Test;

/** What a running service tells of itself, as the rules that watch it expect. */
@QuarkusTest
@QuarkusTestResource(ServiceParts.class)
class MetricsTest {
    private static final Path RULES = Path.of("../deploy/observability/chain-alerts.yaml");

    @Inject
    DueWork due;

    @Inject
    Transactions transactions;

    @Inject
    Times times;

    @Test
    void everyMetricThatAnAlertWatchesIsTold() throws IOException {
        var watched = new TreeSet<String>();
        Pattern.compile("\\bjikimi_\\w+")
                .matcher(Files.readString(RULES))
                .results()
                .forEach(found -> watched.add(found.group()));

        assertThat(watched)
                .hasSizeGreaterThan(5)
                .allSatisfy(metric -> assertThat(metrics()).containsPattern("(?m)^" + metric + "[{ ]"));
    }

    @Test
    void workThatNobodyDoesInTimeShows() throws SQLException {
        transactions.run(tx -> {
            due.plan(tx, "test.nobody", "clock", times.now().minus(Duration.ofHours(2)));
            return true;
        });

        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(value("jikimi_due_overdue")).isGreaterThanOrEqualTo(1);
                assertThat(value("jikimi_due_oldest_overdue_seconds")).isGreaterThanOrEqualTo(7200);
            });
        } finally {
            transactions.run(tx -> {
                due.cancel(tx, "test.nobody", "clock");
                return true;
            });
        }
    }

    private static double value(String metric) {
        var line = Pattern.compile("(?m)^" + metric + "(?:\\{[^}]*})? (\\S+)$").matcher(metrics());
        assertThat(line.find()).as(metric).isTrue();
        return Double.parseDouble(line.group(1));
    }

    private static String metrics() {
        return given().get("/q/metrics").then().statusCode(200).extract().asString();
    }
}
