package io.tokenguard;

import static io.tokenguard.GuardedIssuer.reasonOf;
import static io.tokenguard.GuardedIssuer.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.logging.RecordedLog;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Strangers name issuers that match a template; tokens of its real issuers are accepted all the same. */
class TenantFloodTest {
    private static final TestKey KEY = TestKey.generate(TestAlgorithm.ES256, "key");
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final int GOOD_REQUESTS = 300;
    private static final int KNOWN_TENANTS = 10;
    private static final int TENANTS = 30;
    private static final int JUNK_A_STEP = Thoroughness.isFull() ? 20 : 8;

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final TestIssuer signer =
            TestIssuer.builder().keys(KEY).clock(clock).start();
    private final AtomicInteger callsForStrangers = new AtomicInteger();
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompactToken template = CompactToken.parse(signer.token().sign());
    private HttpServer host;
    private TokenGuard guard;
    private volatile boolean hangsForStrangers;
    private int strangers;

    @BeforeEach
    void start() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(threads);
        host.createContext("/", this::answer);
        host.start();
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer("*"))
                        .audience(GuardedIssuer.AUDIENCE)
                        .build())
                .clock(clock)
                .route("/orders authenticated")
                .build();
    }

    @AfterEach
    void stop() {
        release.countDown();
        guard.close();
        host.stop(0);
        threads.shutdownNow();
        signer.close();
        RecordedLog.clear();
    }

    private String issuer(String tenant) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + "/tenants/" + tenant;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        try (exchange) {
            if (!path.startsWith("/tenants/good")) {
                callsForStrangers.incrementAndGet();
                awaitRelease();
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            String issuer = issuer(path.split("/", -1)[2]);
            String document = path.endsWith("/jwks")
                    ? "{\"keys\":[" + KEY.publicJwk() + "]}"
                    : "{\"issuer\":\"" + issuer + "\",\"jwks_uri\":\"" + issuer + "/jwks\"}";
            byte[] body = document.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private void awaitRelease() {
        try {
            if (hangsForStrangers) {
                release.await();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private TokenBuilder token(String tenant) {
        return signer.token().issuer(issuer(tenant)).audience(GuardedIssuer.AUDIENCE);
    }

    private RefusalReason judge(String tenant, String address) {
        return judgeToken(token(tenant).sign(), address);
    }

    private RefusalReason judgeToken(String token, String address) {
        return reasonOf(guard.decide(request()
                .clientAddress(address)
                .header("Authorization", "Bearer " + token)
                .build()));
    }

    /** Nobody has keys for these issuers, so nothing looks at the signatures: none is made. */
    private void nameStrangers() {
        for (int i = 0; i < JUNK_A_STEP; i++) {
            String claims = token("stranger-" + strangers++).payloadJson();
            String token = template.withPayload(BASE64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)))
                    .compact();
            judgeToken(token, "198.51.100.7");
        }
    }

    /** A minute of good requests, to tenants that are known and to such as come up meanwhile; how many were denied. */
    private int deniedInAMinute() {
        for (int i = 0; i < KNOWN_TENANTS; i++) {
            assertThat(judge("good" + i, "192.0.2.1")).isNull();
        }
        int denied = 0;
        for (int i = 0; i < GOOD_REQUESTS; i++) {
            nameStrangers();
            denied += judge("good" + i * TENANTS / GOOD_REQUESTS, "192.0.2.1") == null ? 0 : 1;
            clock.advance(Duration.ofMillis(200));
        }
        return denied;
    }

    @Test
    void noGoodRequestIsDeniedWhileStrangersNameIssuersThatAreNotThere() {
        assertThat(deniedInAMinute()).isZero();
        assertThat(callsForStrangers.get()).isBetween(2, 60);
    }

    @Test
    void noGoodRequestIsDeniedWhileStrangersNameIssuersThatNeverAnswer() {
        hangsForStrangers = true;
        assertThat(deniedInAMinute()).isZero();
        assertThat(callsForStrangers.get()).isBetween(2, 60);
    }

    @Test
    void anIssuerThatHasSignedATokenTakesNoPlace() {
        for (int i = 0; i < 90; i++) {
            assertThat(judge("good" + i, "192.0.2.1")).as("tenant %d", i).isNull();
        }
    }

    @Test
    void anIssuerWhosePlaceWasNeededComesBackWithoutTakingOne() {
        for (int i = 0; i < 150; i++) {
            judge("good" + i, "192.0.2.1");
        }
        nameStrangers();
        for (int i = 0; i < 150; i++) {
            assertThat(judge("good" + i, "198.51.100.7")).as("tenant %d", i).isNull();
        }
    }

    @Test
    void namesThatStrangersUseDoNotEvictActiveIssuers() {
        for (int i = 0; i < KNOWN_TENANTS; i++) {
            judge("good" + i, "192.0.2.1");
        }
        for (int network = 0; network < 200; network++) {
            judge("stranger-" + network, "198.51." + network + ".7");
        }
        assertThat(guard.health().issuers())
                .extracting(keys -> keys.issuer())
                .contains(issuer("good0"), issuer("good1"), issuer("good2"), issuer("good3"), issuer("good4"));
    }
}
