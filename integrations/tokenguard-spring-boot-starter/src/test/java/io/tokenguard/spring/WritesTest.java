package io.tokenguard.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Writes that happen once, by a property of an application with the starter, over HTTP. */
class WritesTest {
    private static final String AUDIENCE = "https://shop.example";
    private static final TestIssuer ISSUER = TestIssuer.start();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final AtomicInteger EFFECTS = new AtomicInteger();
    private static ConfigurableApplicationContext shop;

    @BeforeAll
    static void start() {
        shop = SpringApplication.run(
                Writing.class,
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--logging.level.root=off",
                "--tokenguard.issuer-uri=" + ISSUER.issuer(),
                "--tokenguard.audiences=" + AUDIENCE,
                "--tokenguard.writes.orders=POST /orders/** idempotent 24h");
    }

    @AfterAll
    static void stop() {
        shop.close();
        ISSUER.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Orders.class)
    static class Writing {}

    @RestController
    static class Orders {
        @PostMapping("/orders/json")
        @RequiresScopes("orders:write")
        ResponseEntity<Map<String, Object>> create(@RequestBody Map<String, Object> order) {
            int number = EFFECTS.incrementAndGet();
            return ResponseEntity.created(URI.create("/orders/" + number)).body(Map.of("item", order.get("item")));
        }

        @PostMapping("/orders/form")
        @RequiresScopes("orders:write")
        String fromForm(@RequestParam("item") String item) {
            return item + EFFECTS.incrementAndGet();
        }

        @PostMapping("/orders/later")
        @RequiresScopes("orders:write")
        CompletableFuture<String> later(@RequestBody String order) {
            return CompletableFuture.completedFuture(order + EFFECTS.incrementAndGet());
        }

        @PostMapping("/orders/broken")
        @RequiresScopes("orders:write")
        String broken() {
            throw new IllegalStateException("broken " + EFFECTS.incrementAndGet());
        }
    }

    private static HttpResponse<String> post(String path, String type, String body, String key) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + shop.getEnvironment().getProperty("local.server.port") + path))
                .header(
                        "Authorization",
                        "Bearer "
                                + ISSUER.token()
                                        .audience(AUDIENCE)
                                        .scope("orders:write")
                                        .sign())
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        return CLIENT.send(
                key.isEmpty()
                        ? request.build()
                        : request.header("Idempotency-Key", "\"" + key + "\"").build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertHappensOnce(String path, String type, String body) throws Exception {
        int before = EFFECTS.get();
        HttpResponse<String> first = post(path, type, body, path);
        HttpResponse<String> second = post(path, type, body, path);
        assertThat(first.statusCode()).isBetween(200, 299);
        assertThat(second.statusCode()).isEqualTo(first.statusCode());
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.headers().firstValue("Location"))
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(EFFECTS).hasValue(before + 1);
    }

    @Test
    void aJsonWriteHappensOnce() throws Exception {
        assertHappensOnce("/orders/json", "application/json", "{\"item\":\"cup\"}");
    }

    @Test
    void aFormHappensOnce() throws Exception {
        assertHappensOnce("/orders/form", "application/x-www-form-urlencoded", "item=a+cup");
    }

    /** Its answer may reach the client before it is stored: a repetition then gets 409, and not another effect. */
    @Test
    void aWriteWithAnAnswerThatComesLaterHappensOnce() throws Exception {
        int before = EFFECTS.get();
        HttpResponse<String> first = post("/orders/later", "text/plain", "cup", "later");
        HttpResponse<String> second = post("/orders/later", "text/plain", "cup", "later");
        for (int i = 0; i < 200 && second.statusCode() == 409; i++) {
            second = post("/orders/later", "text/plain", "cup", "later");
        }
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).isEqualTo(first.body()).startsWith("cup");
        assertThat(EFFECTS).hasValue(before + 1);
    }

    @Test
    void afterAnExceptionTheRequestRunsAgain() throws Exception {
        int before = EFFECTS.get();
        assertThat(post("/orders/broken", "text/plain", "", "broken").statusCode())
                .isEqualTo(500);
        assertThat(post("/orders/broken", "text/plain", "", "broken").statusCode())
                .isEqualTo(500);
        assertThat(EFFECTS).hasValue(before + 2);
    }

    @Test
    void withoutAKeyNothingHappens() throws Exception {
        int before = EFFECTS.get();
        assertThat(post("/orders/json", "application/json", "{}", "").statusCode())
                .isEqualTo(400);
        assertThat(EFFECTS).hasValue(before);
    }
}
