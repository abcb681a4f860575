package io.tokenguard.gateway;

import static io.tokenguard.gateway.GuardedApi.field;
import static io.tokenguard.gateway.GuardedApi.get;
import static io.tokenguard.gateway.GuardedApi.reason;
import static io.tokenguard.gateway.GuardedApi.status;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {
    private GuardedApi api = GuardedApi.start(settings -> settings);

    @AfterEach
    void stop() {
        api.close();
    }

    private void limit(String... rules) {
        api.close();
        api = GuardedApi.start(settings -> {
            for (String rule : rules) {
                settings.limit(rule);
            }
            return settings;
        });
    }

    private long granted(int requests, String path, String token) {
        return IntStream.range(0, requests)
                .filter(i -> status(api.send(get(path), token)) == 200)
                .count();
    }

    @Test
    void requestsBeyondALimitGet429() {
        limit("/orders/** limit 3/1m per subject");
        assertThat(granted(10, "/orders", api.token("alice"))).isEqualTo(3);
        Decision refused = api.send(api.token("alice"));
        assertThat(status(refused)).isEqualTo(429);
        assertThat(reason(refused)).isEqualTo(RefusalReason.RATE_LIMIT_EXCEEDED);
        assertThat(field(refused, "WWW-Authenticate")).isEmpty();
    }

    @Test
    void answersCarryTheFieldsOfTheDraft() {
        limit("/orders/** limit 3/1m per subject");
        Decision granted = api.send(api.token("alice"));
        assertThat(field(granted, "RateLimit-Policy")).isEqualTo("\"subject-1m\";q=3;w=60");
        assertThat(field(granted, "RateLimit")).isEqualTo("\"subject-1m\";r=2;t=20");
        assertThat(field(granted, "Retry-After")).isEmpty();
    }

    @Test
    void aRefusalSaysWhenTheNextRequestIsAllowed() {
        limit("/orders/** limit 2/1h per subject");
        granted(2, "/orders", api.token("alice"));
        Decision refused = api.send(api.token("alice"));
        assertThat(field(refused, "Retry-After")).isEqualTo("1800");
        assertThat(field(refused, "RateLimit")).isEqualTo("\"subject-1h\";r=0;t=1800");
        assertThat(field(refused, "RateLimit-Policy")).isEqualTo("\"subject-1h\";q=2;w=3600");
        api.clock().advance(Duration.ofSeconds(1799));
        assertThat(status(api.send(api.token("alice")))).isEqualTo(429);
        api.clock().advance(Duration.ofSeconds(1));
        assertThat(status(api.send(api.token("alice")))).isEqualTo(200);
    }

    @Test
    void requestsAreRefilledEvenlyUpToTheBurst() {
        limit("/orders/** limit 60/1m per subject burst 5");
        assertThat(granted(20, "/orders", api.token("alice"))).isEqualTo(5);
        api.clock().advance(Duration.ofSeconds(2));
        assertThat(granted(20, "/orders", api.token("alice"))).isEqualTo(2);
        api.clock().advance(Duration.ofHours(1));
        assertThat(granted(20, "/orders", api.token("alice"))).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource({
        "subject,      alice, shop, eu, 0",
        "subject,      bob,   shop, eu, 2",
        "client,       bob,   shop, eu, 0",
        "client,       alice, app,  eu, 2",
        "issuer,       bob,   app,  us, 0",
        "claim region, bob,   app,  eu, 0",
        "claim region, alice, shop, us, 2",
        "network,      bob,   app,  us, 0",
    })
    void requestsAreCountedTogetherByWhatTheLimitNames(
            String per, String subject, String client, String region, int left) {
        limit("/orders/** limit 2/1m per " + per);
        granted(2, "/orders", token("alice", "shop", "eu"));
        assertThat(granted(3, "/orders", token(subject, client, region))).isEqualTo(left);
    }

    private String token(String subject, String client, String region) {
        return api.issuer()
                .token()
                .subject(subject)
                .clientId(client)
                .claim("region", region)
                .sign();
    }

    @Test
    void aNewTokenOfTheSameSubjectIsNoNewSubject() {
        limit("/orders/** limit 3/1m per subject");
        long granted = IntStream.range(0, 10)
                .filter(i -> status(api.send(api.token("alice"))) == 200)
                .count();
        assertThat(granted).isEqualTo(3);
    }

    @Test
    void tokensWithoutTheClaimAreCountedTogether() {
        limit("/orders/** limit 2/1m per claim region");
        assertThat(granted(1, "/orders", api.token("alice"))).isEqualTo(1);
        assertThat(granted(3, "/orders", api.token("bob"))).isEqualTo(1);
    }

    @Test
    void aLongClaimIsCountedByItsHash() {
        limit("/orders/** limit 1/1m per claim region");
        assertThat(granted(2, "/orders", token("alice", "shop", "a".repeat(2_000))))
                .isEqualTo(1);
        assertThat(granted(2, "/orders", token("alice", "shop", "b".repeat(2_000))))
                .isEqualTo(1);
    }

    @Test
    void requestsWithoutATokenAreCountedByTheirNetwork() {
        limit("/open/** limit 2/1m per subject");
        IncomingRequest.Builder here = get("/open/a");
        assertThat(status(api.guard().decide(here.build()))).isEqualTo(200);
        assertThat(status(api.guard().decide(here.build()))).isEqualTo(200);
        assertThat(status(api.guard().decide(here.build()))).isEqualTo(429);
        assertThat(status(api.guard()
                        .decide(get("/open/a").clientAddress("198.51.100.1").build())))
                .isEqualTo(200);
    }

    @Test
    void aTokenOnAPublicRouteIsNotReadAndDoesNotHelp() {
        limit("/open/** limit 2/1m per subject");
        assertThat(granted(2, "/open/a", api.token("alice"))).isEqualTo(2);
        assertThat(granted(2, "/open/a", api.token("bob"))).isEqualTo(0);
    }

    @Test
    void everyMatchingRuleCounts() {
        limit("/** limit 5/1m per subject", "/reports/** limit 2/1m per subject");
        String token = api.token("alice");
        Decision first = api.send(get("/reports"), token);
        assertThat(field(first, "RateLimit-Policy")).isEqualTo("\"subject-1m-2\";q=2;w=60, \"subject-1m\";q=5;w=60");
        assertThat(field(first, "RateLimit")).isEqualTo("\"subject-1m-2\";r=1;t=30, \"subject-1m\";r=4;t=12");
        assertThat(granted(5, "/reports", token)).isEqualTo(1);
        assertThat(granted(5, "/orders", token)).isEqualTo(3);
    }

    @Test
    void aRefusedRequestCostsNothingOfTheLimitsBefore() {
        limit("/orders/** limit 5/1m per subject limit 1/1m per client");
        String token = api.token("alice");
        granted(20, "/orders", token);
        api.clock().advance(Duration.ofMinutes(1));
        assertThat(field(api.send(token), "RateLimit")).startsWith("\"subject-1m\";r=4;");
    }

    @Test
    void rulesThatNameTheSameLimitShareIt() {
        limit("/orders/** limit 10/1m per subject as api", "POST /reports/** limit 10/1m per subject as api cost 4");
        String token = api.token("alice");
        IncomingRequest.Builder post =
                IncomingRequest.builder("POST", "/reports/a").overTls().clientAddress(GuardedApi.HOME);
        assertThat(field(api.send(post, token), "RateLimit")).startsWith("\"api\";r=6;");
        assertThat(granted(10, "/orders", token)).isEqualTo(6);
    }

    @Test
    void theMostSpecificRuleDecidesWhatARequestCosts() {
        limit("/** limit 10/1m per subject as api", "/reports/** limit 10/1m per subject as api cost 4");
        assertThat(field(api.send(get("/reports/a"), api.token("alice")), "RateLimit"))
                .startsWith("\"api\";r=6;");
    }

    @Test
    void aReportOnlyLimitRefusesNothingAndIsCounted() {
        limit("/orders/** limit 2/1m per subject report-only");
        String token = api.token("alice");
        assertThat(granted(5, "/orders", token)).isEqualTo(5);
        assertThat(field(api.send(token), "RateLimit")).isEmpty();
        assertThat(api.guard().stats().decisions().wouldRefuse().get(RefusalReason.RATE_LIMIT_EXCEEDED))
                .isEqualTo(4);
    }

    @Test
    void refusedRequestsAreNotCounted() {
        limit("/** limit 2/1m per subject");
        String token = api.token("alice");
        assertThat(granted(10, "/nowhere", token)).isZero();
        assertThat(granted(10, "/orders", token)).isEqualTo(2);
    }

    @Test
    void explanationsAreNotCounted() {
        limit("/orders/** limit 2/1m per subject");
        String token = api.token("alice");
        for (int i = 0; i < 10; i++) {
            api.guard()
                    .explain(get("/orders")
                            .header("Authorization", "Bearer " + token)
                            .build());
        }
        assertThat(granted(10, "/orders", token)).isEqualTo(2);
    }

    /** Attempts to be served outside of the limit. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders",
                "/orders/",
                "/orders/7",
                "/Orders/7",
                "/ORDERS",
                "/orders.json",
                "/orders ",
                "/orders;a=b",
                "/orders;a=b/7",
            })
    void isNotEvadedByAnotherSpellingOfThePath(String spelling) {
        limit("/orders/** limit 1/1m per subject");
        String token = api.token("alice");
        granted(1, "/orders", token);
        Decision decision = api.guard()
                .decide(
                        get(spelling).header("Authorization", "Bearer " + token).build(),
                        io.tokenguard.access.AccessRequirement.authenticated());
        assertThat(status(decision)).isEqualTo(429);
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 429", "GET, 429", "POST, 200"})
    void aRuleForGetCoversHead(String method, int status) {
        limit("GET /orders/** limit 1/1m per subject");
        String token = api.token("alice");
        granted(1, "/orders", token);
        IncomingRequest.Builder request =
                IncomingRequest.builder(method, "/orders").overTls().clientAddress(GuardedApi.HOME);
        assertThat(status(api.send(request, token))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.200, 0",
        "::ffff:192.0.2.1, 0",
        "192.0.3.7, 1",
        "192.0.2, 1",
        "localhost, 1",
    })
    void aNetworkIsTheFirst24BitsOfAnAddress(String address, int granted) {
        limit("/orders/** limit 1/1m per network");
        api.send(api.token("alice"));
        assertThat(status(api.sendFrom(address, api.token("bob"))) == 200 ? 1 : 0)
                .isEqualTo(granted);
    }

    @Test
    void anEqualConfigurationKeepsTheCounts() {
        limit("/orders/** limit 2/1m per subject");
        String token = api.token("alice");
        granted(2, "/orders", token);
        api.guard()
                .reconfigure(GuardedApi.builder(api.issuer(), api.clock()).limit("/orders/** limit 2/1m per subject"));
        api.guard().awaitReady(Duration.ofSeconds(10));
        assertThat(granted(2, "/orders", token)).isZero();
    }
}
