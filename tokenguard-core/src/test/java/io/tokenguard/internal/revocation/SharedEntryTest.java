package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An issuer that fills the memory has its own entries replaced, and nobody else's. */
class SharedEntryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final RevocationLimits LIMITS =
            new RevocationLimits(1_000, Duration.ofDays(1), Duration.ofDays(30), Duration.ZERO);
    private static final String GREEDY = "https://greedy.example";
    private final RevocationMemory memory = new RevocationMemory(LIMITS);

    private void add(Revocation revocation, Instant now) {
        assertThat(memory.add(LIMITS.retained(revocation, now), now, now)).isTrue();
    }

    private Instant flood() {
        for (int i = 2; i < 1_100; i++) {
            add(Revocation.session(GREEDY, "s" + i).sentBy(GREEDY), NOW.plusSeconds(i));
        }
        return NOW.plusSeconds(1_100);
    }

    @Test
    void whatTheApplicationRevokesIsKeptAlsoIfTheIssuerRevokedItBefore() {
        Revocation mallory = Revocation.subject(GREEDY, "mallory");
        add(mallory.issuedBefore(NOW).sentBy(GREEDY), NOW);
        add(mallory, NOW.plusSeconds(1));
        long later = NOW.plusSeconds(1_050).getEpochSecond();
        assertThat(memory.isHit(mallory, later, NOW.plusSeconds(1_100))).isTrue();
        Instant now = flood();
        assertThat(memory.isHit(mallory, later, now) || memory.isHit(Revocation.issuer(GREEDY), later, now))
                .isTrue();
    }

    @Test
    void whatTheApplicationRevokesIsKeptAlsoIfTheIssuerRevokesItLater() {
        Revocation mallory = Revocation.subject(GREEDY, "mallory");
        add(mallory, NOW);
        add(mallory.issuedBefore(NOW).sentBy(GREEDY), NOW.plusSeconds(1));
        Instant now = flood();
        long later = NOW.plusSeconds(1_050).getEpochSecond();
        assertThat(memory.isHit(mallory, later, now)).isTrue();
    }
}
