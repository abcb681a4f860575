package io.tokenguard.bench.soak;

import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TokenBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

/** Tokens that callers use again and again, and new ones. Good on either side of a jump of the clock. Thread-safe. */
final class Tokens {
    private static final Duration FROM = Duration.ofHours(2);
    private static final Duration UNTIL = Duration.ofHours(12);

    private final TestIssuer issuer;
    private final AtomicReferenceArray<String> signed;
    private final AtomicReferenceArray<String> opaque;

    Tokens(TestIssuer issuer, int count) {
        this.issuer = issuer;
        this.signed = new AtomicReferenceArray<>(count);
        this.opaque = new AtomicReferenceArray<>(count / 4);
        IntStream.range(0, opaque.length())
                .forEach(i -> opaque.set(i, issuer.introspection().opaque(fresh())));
        signAgain();
    }

    /** Signs every token that is in use with the issuer's current key. */
    void signAgain() {
        IntStream.range(0, signed.length()).forEach(i -> signed.set(i, fresh().sign()));
    }

    /** The description of a good token that nobody has seen yet. */
    TokenBuilder fresh() {
        return fresh(UNTIL);
    }

    TokenBuilder fresh(Duration until) {
        Instant now = Instant.now();
        return issuer.token()
                .subject("user-" + ThreadLocalRandom.current().nextInt(10_000))
                .tokenId(Long.toHexString(ThreadLocalRandom.current().nextLong()))
                .scope("orders:read")
                .issuedAt(now.minus(FROM))
                .notBefore(now.minus(FROM))
                .expiresAt(now.plus(until));
    }

    /** One of those in use. Low numbers come up more often. */
    String used() {
        return signed.get(skewed(signed.length()));
    }

    String usedOpaque() {
        return opaque.get(skewed(opaque.length()));
    }

    private static int skewed(int count) {
        double chance = ThreadLocalRandom.current().nextDouble();
        return (int) (count * chance * chance * chance);
    }
}
