package io.tokenguard.jdbc;

import static org.awaitility.Awaitility.await;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.TrustedIssuerBuilder;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An issuer, a client of it, and guards that trust it, all with the same clock. All keys are RSA keys, which verify a signature in a
 * fiftieth of the time: tests verify thousands.
 */
final class GuardedApi implements AutoCloseable {
    static final TestKey GOOD = TestKey.generate(TestAlgorithm.RS256, "good");
    static final TestKey STOLEN = TestKey.generate(TestAlgorithm.RS256, "stolen");
    static final TestKey RENAMED = STOLEN.withKid("renamed");
    static final TestKey LEAKED = TestKey.generate(TestAlgorithm.RS256, "leaked");

    /** Starts within a second: what is made in the same second before and after a moment has the same {@code iat}. */
    private final TestClock clock =
            TestClock.startingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS).plusMillis(500));

    private final TestIssuer issuer = TestIssuer.builder()
            .clock(clock)
            .keys(GOOD, STOLEN, RENAMED, LEAKED)
            .start();
    private final DpopClient client = DpopClient.withKey(TestKey.generate(TestAlgorithm.RS256, "client"), clock);

    TestClock clock() {
        return clock;
    }

    TestIssuer issuer() {
        return issuer;
    }

    Instant now() {
        return clock.instant();
    }

    /** A guard without a shared state. */
    TokenGuardBuilder guard(TrustedIssuerBuilder trusted) {
        return TokenGuard.builder()
                .clock(clock)
                .issuer(trusted.build())
                .resourceHosts("api.example.com")
                .dpop(Dpop.supported())
                .route("/orders authenticated");
    }

    TrustedIssuerBuilder trusted() {
        return TrustedIssuer.builder(issuer.issuer()).audience("https://api.example.com");
    }

    /** Trusts keys without loading them. */
    TrustedIssuerBuilder trusting(TestKey... keys) {
        return trusted()
                .keys(Arrays.stream(keys)
                        .map(key -> new VerificationKey(key.kid(), SignatureAlgorithm.RS256, key.publicKey()))
                        .toArray(VerificationKey[]::new));
    }

    TokenBuilder token() {
        return issuer.token().expiresIn(Duration.ofMinutes(50));
    }

    private static IncomingRequest.Builder request() {
        return IncomingRequest.builder("GET", "/orders").overTls().header("Host", "api.example.com");
    }

    static IncomingRequest bearing(TokenBuilder token) {
        return request().header("Authorization", "Bearer " + token.sign()).build();
    }

    /** A request with a new proof. */
    IncomingRequest proven() {
        return provenAt(now());
    }

    /** A request with a new proof that was made at a moment. */
    IncomingRequest provenAt(Instant madeAt) {
        String token = token().boundTo(client.key()).sign();
        String proof = client.proof("GET", "https://api.example.com/orders")
                .forToken(token)
                .issuedAt(madeAt)
                .sign();
        return request()
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof)
                .build();
    }

    /** Why a guard refuses a request; null if it grants it. */
    static @Nullable RefusalReason reason(TokenGuard guard, IncomingRequest request) {
        return guard.decide(request) instanceof Decision.Refused refused
                ? refused.refusal().reason()
                : null;
    }

    void awaitGood(TokenGuard... guards) {
        IncomingRequest good = bearing(token());
        for (TokenGuard guard : guards) {
            await().until(() -> reason(guard, good) == null);
        }
    }

    /** A request whose proof a guard has taken. Makes new ones: a slow machine may miss the 50 ms. */
    IncomingRequest used(TokenGuard guard) {
        AtomicReference<IncomingRequest> used = new AtomicReference<>();
        await().pollDelay(Duration.ZERO).until(() -> {
            used.set(proven());
            return reason(guard, used.get()) == null;
        });
        return used.get();
    }

    @Override
    public void close() {
        issuer.close();
    }
}
