package io.tokenguard.quarkus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenguard.testkit.TestIssuer;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recipe of docs/jaxrs.md, built by Quarkus, started and called. */
class RecipeIT {
    @TempDir
    private static Path folder;

    private static TestIssuer issuer;
    private static RunningApplication application;

    @BeforeAll
    static void start() throws Exception {
        issuer = TestIssuer.builder().start();
        application = RunningApplication.start("recipe", issuer, folder);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> application
                                .get("/orders", "Authorization", "Bearer " + token("other"))
                                .statusCode()
                        != 503);
    }

    @AfterAll
    static void stop() {
        application.close();
        issuer.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GET     | /orders               |                          | 401
                    GET     | /orders               | other                    | 403
                    GET     | /orders               | orders:read              | 200
                    HEAD    | /orders               |                          | 401
                    HEAD    | /orders               | orders:read              | 200
                    OPTIONS | /orders               |                          | 401
                    OPTIONS | /orders               | orders:read              | 403
                    POST    | /orders               |                          | 401
                    POST    | /orders               | orders:read              | 403
                    POST    | /orders               | orders:write             | 200
                    GET     | /orders/opening-hours |                          | 200
                    GET     | /more/unruled         |                          | 401
                    GET     | /more/unruled         | a                        | 403
                    GET     | /more/later           |                          | 401
                    GET     | /more/later           | b                        | 403
                    GET     | /more/later           | a                        | 200
                    GET     | /more/sub             |                          | 401
                    GET     | /more/sub             | locator stricter         | 403
                    GET     | /more/sub             | method stricter          | 403
                    GET     | /more/sub             | locator method           | 403
                    GET     | /more/sub             | locator method stricter  | 200
                    GET     | /more/plain-sub/open  |                          | 401
                    GET     | /more/plain-sub/open  | other                    | 403
                    GET     | /more/plain-sub/open  | locator                  | 200
                    GET     | /nowhere              |                          | 404
                    """)
    void answersByTheRules(String method, String path, String scopes, int status) throws Exception {
        HttpResponse<String> answer = scopes == null
                ? application.send(method, path, "")
                : application.send(method, path, "", "Authorization", "Bearer " + token(scopes));
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void challengesWhoSendsNoToken() throws Exception {
        HttpResponse<String> answer = application.get("/orders");
        assertThat(answer.headers().allValues("WWW-Authenticate"))
                .first()
                .asString()
                .startsWith("Bearer realm");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void showsTheIdentity() throws Exception {
        assertThat(application
                        .get("/orders", "Authorization", "Bearer " + token("orders:read"))
                        .body())
                .isEqualTo("orders of alice");
    }

    @Test
    void refusesAForgedToken() throws Exception {
        String forged = issuer.token().scope("orders:read").sign();
        forged = forged.substring(0, forged.lastIndexOf('.') + 1) + "AAAA";
        assertThat(application
                        .get("/orders", "Authorization", "Bearer " + forged)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void saysWhatEachEndpointDemands() throws Exception {
        assertThat(Files.readString(application.log()))
                .contains(Orders.class.getName() + ".list: scope orders:read")
                .contains(MoreResources.class.getName() + ".unruled: no rule, refused")
                .doesNotContain("ERROR");
    }

    private static String token(String scopes) {
        return issuer.token().scope(scopes.split(" ")).sign();
    }
}
