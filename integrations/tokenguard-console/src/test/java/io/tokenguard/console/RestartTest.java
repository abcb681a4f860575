package io.tokenguard.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.jdbc.JdbcState;
import java.util.Map;
import java.util.function.Predicate;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** Trends of an application that stores its state in a database. */
class RestartTest {
    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:restart;DB_CLOSE_DELAY=-1");
        return database;
    }

    private static ConsoleSite start(JdbcDataSource database) throws Exception {
        return ConsoleSite.start(settings -> settings.sharedState(JdbcState.of(database)));
    }

    private static Map<String, Object> trend(ConsoleSite site) throws Exception {
        return ConsoleSite.read(
                site.get("/api/trends/hours/routes", site.operatorToken()).body());
    }

    @Test
    void trendsSurviveARestart() throws Exception {
        JdbcDataSource database = database();
        try (ConsoleSite site = start(database)) {
            String token = site.userToken();
            for (int i = 0; i < 5; i++) {
                assertThat(site.statusOfOrders(token)).isEqualTo(404);
            }
            await(site, trend -> trend.get("series").toString().contains("granted GET /orders=[5]"));
        }
        try (ConsoleSite site = start(database)) {
            await(site, trend -> trend.get("series").toString().contains("granted GET /orders=[5]"));
            assertThat(trend(site)).containsEntry("stored", true);
        }
    }

    private static void await(ConsoleSite site, Predicate<Map<String, Object>> wanted) throws Exception {
        long end = System.nanoTime() + 20_000_000_000L;
        while (!wanted.test(trend(site))) {
            assertThat(System.nanoTime()).as(trend(site).toString()).isLessThan(end);
            Thread.sleep(50);
        }
    }
}
