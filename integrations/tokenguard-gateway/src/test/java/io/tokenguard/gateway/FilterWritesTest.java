package io.tokenguard.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.Refusal;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.Revocation;
import io.tokenguard.spi.GuardObserver;
import io.tokenguard.testkit.TestIssuer;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes that happen once, by property, in the servlet filter, over real HTTP in Jetty. */
class FilterWritesTest {
    private final TestIssuer issuer =
            TestIssuer.builder().audience(GuardedApi.AUDIENCE).start();
    private final String token = WriteApi.token(issuer, "alice", "shop");
    private TokenGuard guard;
    private WriteApi api;

    @BeforeEach
    void start() throws Exception {
        guard = GuardProperties.of(Map.of(
                        "tokenguard.issuer-uri", issuer.issuer(),
                        "tokenguard.audiences", GuardedApi.AUDIENCE,
                        "tokenguard.routes.orders", "/orders/** scope write",
                        "tokenguard.routes.open", "/open public",
                        "tokenguard.writes.orders", "POST /orders/** idempotent 24h",
                        "tokenguard.writes.open", "POST /open idempotent 24h",
                        "tokenguard.idempotency.max-body", "1024",
                        "tokenguard.idempotency.max-answer", "64KiB",
                        "tokenguard.idempotency.fields", "X-Number"))
                .toBuilder()
                .build();
        guard.awaitReady(Duration.ofSeconds(10));
        api = new WriteApi(guard);
    }

    @AfterEach
    void stop() throws Exception {
        api.close();
        guard.close();
        issuer.close();
    }

    @Test
    void theFirstAnswerIsRepeatedAndTheEffectHappensOnce() throws Exception {
        HttpResponse<String> first = api.post("/orders", token, "k1", "{}");
        HttpResponse<String> second = api.post("/orders", token, "k1", "{}");
        assertThat(first.body()).isEqualTo("order 1 read 2");
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers().firstValue("Location")).contains("/orders/1");
        assertThat(second.headers().firstValue("X-Number")).contains("1");
        assertThat(second.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(api.effects).hasValue(1);
    }

    @Test
    void cookiesAreSentOnceAndNeverStored() throws Exception {
        assertThat(api.post("/orders", token, "k1", "").headers().firstValue("Set-Cookie"))
                .contains("session=secret1");
        assertThat(api.post("/orders", token, "k1", "").headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void aRequestWithoutAKeyGetsTheAnswerOfTheDraft() throws Exception {
        HttpResponse<String> refused =
                api.send(api.request("/orders", token).POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(refused.body()).contains("\"title\":\"Idempotency-Key is missing\"", "\"status\":400");
        assertThat(api.effects).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"k1", "\"k1", "k1\"", "\"\"", "\"k1\";a=1", "\"a\", \"b\"", "\"\\a\"", "\"a\\\""})
    void aMalformedKeyGets400(String key) throws Exception {
        HttpResponse<String> refused = api.send(api.request("/orders", token)
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("Idempotency-Key is malformed");
    }

    @Test
    void twoKeysAndAKeyThatIsTooLongGet400() throws Exception {
        assertThat(api.send(api.request("/orders", token)
                                .header("Idempotency-Key", "\"a\"")
                                .header("Idempotency-Key", "\"a\"")
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(400);
        assertThat(api.post("/orders", token, "k".repeat(256), "").statusCode()).isEqualTo(400);
        assertThat(api.post("/orders", token, "k".repeat(255), "").statusCode()).isEqualTo(201);
    }

    @Test
    void theSameKeyForAnotherBodyOrQueryGets422() throws Exception {
        api.post("/orders", token, "k1", "{\"n\":1}");
        HttpResponse<String> refused = api.post("/orders", token, "k1", "{\"n\":2}");
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(refused.body()).contains("Idempotency-Key is already used");
        assertThat(api.post("/orders?dry=1", token, "k1", "{\"n\":1}").statusCode())
                .isEqualTo(422);
        assertThat(api.effects).hasValue(1);
    }

    @Test
    void aRequestWhileTheFirstRunsGets409() throws Exception {
        CompletableFuture<HttpResponse<String>> first = CompletableFuture.supplyAsync(() -> {
            try {
                return api.post("/orders/slow", token, "k1", "");
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        assertThat(api.running.await(20, TimeUnit.SECONDS)).isTrue();
        HttpResponse<String> second = api.post("/orders/slow", token, "k1", "");
        api.mayEnd.countDown();
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("A request is outstanding for this Idempotency-Key");
        assertThat(first.get().body()).isEqualTo("slow");
        assertThat(api.post("/orders/slow", token, "k1", "").body()).isEqualTo("slow");
        assertThat(api.effects).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/error", "/orders/broken"})
    void afterAnErrorOfTheServerTheRequestRunsAgain(String path) throws Exception {
        assertThat(api.post(path, token, "k1", "").statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(api.post(path, token, "k1", "").statusCode()).isGreaterThanOrEqualTo(500);
        assertThat(api.effects).hasValue(2);
    }

    @Test
    void afterARefusalOfTheApplicationTheRequestRunsAgain() throws Exception {
        assertThat(api.post("/orders/denied", token, "k1", "").statusCode()).isEqualTo(403);
        assertThat(api.post("/orders/denied", token, "k1", "").statusCode()).isEqualTo(403);
        assertThat(api.effects).hasValue(2);
    }

    @Test
    void anAnswerThatRejectsTheRequestIsRepeatedToo() throws Exception {
        assertThat(api.post("/orders/rejected", token, "k1", "").statusCode()).isEqualTo(404);
        assertThat(api.post("/orders/rejected", token, "k1", "").body()).isEqualTo("no such thing");
        assertThat(api.effects).hasValue(1);
    }

    @Test
    void anotherSubjectOrClientWithTheSameKeyGetsItsOwnAnswer() throws Exception {
        assertThat(api.post("/orders", token, "k1", "").body()).startsWith("order 1");
        assertThat(api.post("/orders", WriteApi.token(issuer, "bob", "shop"), "k1", "")
                        .body())
                .startsWith("order 2");
        assertThat(api.post("/orders", WriteApi.token(issuer, "alice", "app"), "k1", "")
                        .body())
                .startsWith("order 3");
        assertThat(api.post("/orders/other", token, "k1", "").body()).startsWith("order 4");
    }

    @Test
    void anotherTokenOfTheSameSubjectAndClientGetsTheFirstAnswer() throws Exception {
        api.post("/orders", token, "k1", "");
        assertThat(api.post("/orders", WriteApi.token(issuer, "alice", "shop"), "k1", "")
                        .body())
                .startsWith("order 1");
    }

    @Test
    void nothingIsRepeatedToARequestThatIsNotGrantedNow() throws Exception {
        api.post("/orders", token, "k1", "");
        String weaker =
                issuer.token().subject("alice").clientId("shop").scope("read").sign();
        assertThat(api.post("/orders", weaker, "k1", "").statusCode()).isEqualTo(403);
        guard.revoke(Revocation.subject(issuer.issuer(), "alice")
                .issuedBefore(Instant.now().plusSeconds(1)));
        HttpResponse<String> revoked = api.post("/orders", token, "k1", "");
        assertThat(revoked.statusCode()).isEqualTo(401);
        assertThat(revoked.body()).doesNotContain("order");
    }

    @Test
    void anAnswerThatIsTooLongIsSentAndNotRepeated() throws Exception {
        assertThat(api.post("/orders/long", token, "k1", "").body()).isEqualTo(WriteApi.LONG_ANSWER);
        assertThat(api.post("/orders/long", token, "k1", "").statusCode()).isEqualTo(409);
        assertThat(api.effects).hasValue(1);
    }

    @Test
    void aBodyThatIsNotHeldIsHashedAsItIsRead() throws Exception {
        String body = "b".repeat(50_000);
        assertThat(api.post("/orders", token, "k1", body).body()).isEqualTo("order 1 read 50000");
        assertThat(api.post("/orders", token, "k1", body).body()).isEqualTo("order 1 read 50000");
        assertThat(api.post("/orders", token, "k1", body.substring(1) + "c").statusCode())
                .isEqualTo(422);
        assertThat(api.post("/orders", token, "k1", body.substring(1)).statusCode())
                .isEqualTo(422);
        assertThat(api.effects).hasValue(1);
    }

    private HttpResponse<String> form(String type, String body) throws Exception {
        return api.send(api.request("/orders/form?item=query", token)
                .header("Idempotency-Key", "\"k1\"")
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    @Test
    void aFormIsReadByItsParameters() throws Exception {
        String type = "application/x-www-form-urlencoded";
        assertThat(api.send(api.request("/orders/form", token)
                                .header("Idempotency-Key", "\"k2\"")
                                .header("Content-Type", type)
                                .POST(HttpRequest.BodyPublishers.ofString("a=b&item=a%20cup")))
                        .body())
                .isEqualTo("order 1 a cup");
        assertThat(form(type, "item=cup").body()).isEqualTo("order 2 query");
        assertThat(form(type, "item=pot").statusCode()).isEqualTo(422);
    }

    @Test
    void aFormThatCanNotBeHashedGets415() throws Exception {
        assertThat(form("application/x-www-form-urlencoded", "item=" + "a".repeat(2_000))
                        .statusCode())
                .isEqualTo(415);
        assertThat(form("multipart/form-data; boundary=b", "--b--").statusCode())
                .isEqualTo(415);
        assertThat(form("application/x-www-form-urlencoded", "&".repeat(1_000)).statusCode())
                .isEqualTo(415);
        assertThat(api.effects).hasValue(0);
    }

    @Test
    void anAsynchronousAnswerIsRepeated() throws Exception {
        HttpResponse<String> first = api.post("/orders/async", token, "k1", "");
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.body()).isEqualTo("later 1");
        assertThat(api.post("/orders/async", token, "k1", "").body()).isEqualTo("later 1");
        assertThat(api.effects).hasValue(1);
    }

    /** As Spring MVC does if a result is there already. */
    @Test
    void anAnswerOfARequestThatIsDispatchedAtOnceIsRepeated() throws Exception {
        assertThat(api.post("/orders/dispatched", token, "k1", "").body()).isEqualTo("dispatched");
        HttpResponse<String> second = api.post("/orders/dispatched", token, "k1", "");
        assertThat(second.statusCode()).isEqualTo(202);
        assertThat(second.body()).isEqualTo("dispatched");
        assertThat(api.effects).hasValue(1);
    }

    @Test
    void aMethodWithoutARuleRunsEachTime() throws Exception {
        for (int i = 0; i < 2; i++) {
            api.send(api.request("/orders", token).PUT(HttpRequest.BodyPublishers.ofString("")));
        }
        assertThat(api.effects).hasValue(2);
    }

    @Test
    void anOpenRouteHasNobodyToWhomAKeyBelongs() throws Exception {
        assertThat(api.post("/open", token, "k1", "").statusCode()).isEqualTo(400);
        assertThat(api.effects).hasValue(0);
    }

    @Test
    void aRefusalIsAnEventWithItsReasonAndSubject() throws Exception {
        List<Refusal> refusals = new CopyOnWriteArrayList<>();
        guard.observe(new GuardObserver() {
            @Override
            public void refused(Refusal refusal) {
                refusals.add(refusal);
            }
        });
        api.post("/orders", token, "k1", "a");
        api.post("/orders", token, "k1", "b");
        assertThat(refusals).singleElement().satisfies(refusal -> {
            assertThat(refusal.reason()).isEqualTo(RefusalReason.IDEMPOTENCY_KEY_REUSED);
            assertThat(refusal.clientId()).isEqualTo("shop");
            assertThat(refusal.settings()).contains("tokenguard.writes");
        });
    }
}
