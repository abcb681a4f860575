package io.tokenguard.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;

/** Nonces for DPoP proofs (RFC 9449 §8): each is valid for five to ten minutes. Thread-safe. */
final class DpopNonces {
    private static final long PERIOD_SECONDS = 300;

    private final byte[] secret = RandomText.next().getBytes(UTF_8);
    private final Clock clock;

    DpopNonces(Clock clock) {
        this.clock = clock;
    }

    String current() {
        return of(period());
    }

    boolean isValid(String nonce) {
        return nonce.equals(of(period())) || nonce.equals(of(period() - 1));
    }

    private long period() {
        return Math.floorDiv(clock.instant().getEpochSecond(), PERIOD_SECONDS);
    }

    private String of(long period) {
        return CompactToken.encode(
                Hmac.sign("HS256", secret, Long.toString(period).getBytes(UTF_8)));
    }
}
