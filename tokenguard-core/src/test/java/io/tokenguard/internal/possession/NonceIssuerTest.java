package io.tokenguard.internal.possession;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §8 and §9: nonces that only the holder of the secret can make, and that end. */
class NonceIssuerTest {
    private static final Duration PERIOD = Duration.ofMinutes(5);
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);

    /** A whole number of periods after the epoch. */
    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));

    private final NonceIssuer issuer = new NonceIssuer(() -> SECRET, PERIOD, clock);

    @Test
    void acceptsItsNonceForItsPeriodAndTheNextAndNoLonger() {
        String nonce = issuer.current();
        assertThat(issuer.accepts(nonce)).isTrue();
        clock.advance(PERIOD.multipliedBy(2).minusMillis(1));
        assertThat(issuer.accepts(nonce)).isTrue();
        clock.advance(Duration.ofMillis(1));
        assertThat(issuer.accepts(nonce)).isFalse();
    }

    @Test
    void offersAFreshOneAWholePeriodBeforeTheOldOneEnds() {
        String nonce = issuer.current();
        clock.advance(PERIOD.minusMillis(1));
        assertThat(issuer.isEnding(nonce)).isFalse();
        assertThat(issuer.current()).isEqualTo(nonce);
        clock.advance(Duration.ofMillis(1));
        assertThat(issuer.isEnding(nonce)).isTrue();
        assertThat(issuer.current()).isNotEqualTo(nonce);
    }

    @Test
    void acceptsNoNonceOfATimeThatHasNotCome() {
        clock.advance(PERIOD);
        String later = issuer.current();
        clock.advance(PERIOD.negated());
        assertThat(issuer.accepts(later)).isFalse();
    }

    @Test
    void acceptsWhatAnotherNodeWithTheSameSecretMade() {
        assertThat(new NonceIssuer(SECRET::clone, PERIOD, clock).accepts(issuer.current()))
                .isTrue();
    }

    @Test
    void refusesWhatANodeWithAnotherSecretMade() {
        byte[] other = SECRET.clone();
        other[31] ^= 1;
        assertThat(new NonceIssuer(() -> other, PERIOD, clock).accepts(issuer.current()))
                .isFalse();
    }

    @Test
    void refusesEveryChangeOfOneBit() {
        byte[] nonce = Base64.getUrlDecoder().decode(issuer.current());
        for (int bit = 0; bit < nonce.length * 8; bit++) {
            byte[] changed = nonce.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(issuer.accepts(Base64.getUrlEncoder().withoutPadding().encodeToString(changed)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "\u00E9", "AAAA", "================================", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void refusesWhatIsNoNonce(String text) {
        assertThat(issuer.accepts(text)).isFalse();
        assertThat(issuer.accepts(issuer.current() + text)).isEqualTo(text.isEmpty());
    }

    /** RFC 9449 §8.1: the characters that a nonce may have. */
    @Test
    void isMadeOfTheCharactersOfANonce() {
        assertThat(issuer.current()).matches("[A-Za-z0-9_-]{32}");
    }
}
