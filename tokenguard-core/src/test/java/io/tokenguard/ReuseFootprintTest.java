package io.tokenguard;

import static io.tokenguard.GuardedIssuer.bearing;
import static io.tokenguard.GuardedIssuer.guarding;
import static io.tokenguard.GuardedIssuer.reasonOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.TokenCache;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** What remembered tokens take of the heap is what they are counted for, or less. */
class ReuseFootprintTest {
    private static final int TOKENS = 4_000;
    private static final long BYTES = 8L << 20;

    private static long used() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static String token(TestIssuer issuer, int number) {
        return issuer.token()
                .scope("orders:read", "orders:write", "profile", "email")
                .claim("sid", "session-" + number)
                .claim("name", "Alice Example")
                .claim("groups", java.util.List.of("customers", "beta", "newsletter"))
                .claim("pad", "x".repeat(300))
                .sign();
    }

    @Test
    void staysWithinItsBoundOnTheHeap() {
        try (TestIssuer issuer = TestIssuer.builder()
                        .keys(TestKey.generate(TestAlgorithm.ED25519))
                        .start();
                TokenGuard guard = guarding(issuer)
                        .tokenCache(TokenCache.on().maxBytes(BYTES))
                        .build()) {
            assertThat(reasonOf(guard.decide(bearing(token(issuer, 0))))).isNull();
            long before = used();
            for (int i = 1; i < TOKENS; i++) {
                assertThat(reasonOf(guard.decide(bearing(token(issuer, i))))).isNull();
            }
            long taken = used() - before;
            // Full: the tokens would take about twice as much. Half of it at least is made use of.
            assertThat(taken).isBetween(BYTES / 2, BYTES * 11 / 10);
        }
    }
}
