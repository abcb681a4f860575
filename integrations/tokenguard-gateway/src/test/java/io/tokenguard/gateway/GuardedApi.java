package io.tokenguard.gateway;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.GuardStats.SignatureStats;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestClock;
import io.tokenguard.testkit.TestIssuer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A guard, its issuer, and a clock that stands still. */
record GuardedApi(TestIssuer issuer, TestClock clock, TokenGuard guard) implements AutoCloseable {
    static final String AUDIENCE = "https://api.example.com";
    static final String HOME = "192.0.2.7";

    static GuardedApi start(UnaryOperator<TokenGuardBuilder> settings) {
        TestClock clock = TestClock.startingAt(Instant.parse("2026-11-28T12:00:00Z"));
        TestIssuer issuer = TestIssuer.builder().audience(AUDIENCE).clock(clock).start();
        TokenGuard guard = settings.apply(builder(issuer, clock)).build();
        guard.awaitReady(Duration.ofSeconds(10));
        return new GuardedApi(issuer, clock, guard);
    }

    static TokenGuardBuilder builder(TestIssuer issuer, TestClock clock) {
        return TokenGuard.builder()
                .clock(clock)
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build())
                .route("/open/** public")
                .route("/orders/** authenticated")
                .route("/reports/** authenticated");
    }

    String token(String subject) {
        return issuer.token().subject(subject).clientId("shop").sign();
    }

    /** A token whose signature is wrong in one bit. */
    static String forged(String token, int bit) {
        return CompactToken.parse(token).flipBit(bit).compact();
    }

    static IncomingRequest.Builder get(String path) {
        return IncomingRequest.builder("GET", path).overTls().clientAddress(HOME);
    }

    Decision send(IncomingRequest.Builder request, String token) {
        return guard.decide(request.header("Authorization", "Bearer " + token).build());
    }

    Decision send(String token) {
        return send(get("/orders"), token);
    }

    Decision sendFrom(String address, String token) {
        return send(get("/orders").clientAddress(address), token);
    }

    static int status(Decision decision) {
        return decision instanceof Decision.Refused refused
                ? refused.challenge().status()
                : 200;
    }

    static RefusalReason reason(Decision decision) {
        return ((Decision.Refused) decision).refusal().reason();
    }

    static String field(Decision decision, String name) {
        if (decision instanceof Decision.Refused refused) {
            return String.join("|", refused.challenge().headers().getOrDefault(name, List.of()));
        }
        Map<String, String> fields = ((Decision.Granted) decision).responseHeaders();
        return fields.getOrDefault(name, "");
    }

    /** How many signatures of tokens were verified so far. */
    long verifications() {
        return guard.stats().signatures().stream()
                .mapToLong(GuardedApi::verifications)
                .sum();
    }

    private static long verifications(SignatureStats stats) {
        return stats.valid() + stats.invalid();
    }

    @Override
    public void close() {
        guard.close();
        issuer.close();
    }
}
