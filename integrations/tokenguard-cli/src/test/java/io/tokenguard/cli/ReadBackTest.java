package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReadBackTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.700Z");
    private static final Instant END = NOW.plusSeconds(90_000);
    private static final Revocation SESSION = Revocation.session("https://issuer.example.com", "s");
    private static final Revocation SUBJECT =
            Revocation.subject("https://issuer.example.com", "alice").issuedBefore(NOW);

    private static boolean isIn(Revocation expected, Revocation stored) {
        return new ReadBack(expected, NOW).isIn(stored);
    }

    @Test
    void recognisesWhatWasStoredInWholeSeconds() {
        Instant second = Instant.parse("2026-01-31T12:00:00Z");
        assertThat(isIn(SUBJECT, SUBJECT.issuedBefore(second).retained(second, END)))
                .isTrue();
        assertThat(isIn(SESSION, SESSION.retained(NOW, END))).isTrue();
    }

    @Test
    void anOlderRevocationOfTheSameSubjectCoversFewerTokens() {
        Instant earlier = NOW.minusSeconds(60);
        assertThat(isIn(SUBJECT, SUBJECT.issuedBefore(earlier).retained(NOW, END)))
                .isFalse();
    }

    @Test
    void anOlderRevocationOfTheSameSessionEndsEarlier() {
        assertThat(isIn(SESSION, SESSION.retained(NOW.minusSeconds(60), END))).isFalse();
        assertThat(isIn(SESSION, SESSION.until(END))).isFalse();
    }

    @Test
    void aRevocationOfOlderTokensDoesNotCoverAll() {
        assertThat(isIn(SESSION, SESSION.issuedBefore(NOW).retained(NOW, END))).isFalse();
        assertThat(isIn(SUBJECT, SUBJECT.retained(NOW, END)))
                .as("covers as many as expected")
                .isTrue();
    }

    @Test
    void aBanOfAnotherKindOrKeyIsNone() {
        Revocation ban = Revocation.keyId("key-1");
        assertThat(isIn(ban, ban.until(END))).isTrue();
        assertThat(isIn(ban, Revocation.keyId("key-2").until(END))).isFalse();
        assertThat(isIn(
                        ban,
                        new Revocation(
                                Revocation.Kind.KEY,
                                ban.target(),
                                java.util.Optional.empty(),
                                java.util.Optional.of(END),
                                java.util.Optional.empty())))
                .isFalse();
    }
}
