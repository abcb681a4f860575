package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore.Use;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class UsedProofsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final UsedProofs proofs = new UsedProofs(Clock.fixed(NOW, ZoneOffset.UTC), 2);

    @Test
    void takeAProofOnce() {
        assertThat(proofs.use(Node.proof(1), NOW.plusSeconds(60))).isEqualTo(Use.FIRST);
        assertThat(proofs.use(Node.proof(1), NOW.plusSeconds(60))).isEqualTo(Use.REPEATED);
    }

    @Test
    void takeNoneWhileTheyAreFullAndForgetNone() {
        proofs.use(Node.proof(1), NOW.plusSeconds(60));
        proofs.use(Node.proof(2), NOW.plusSeconds(60));
        assertThat(proofs.use(Node.proof(3), NOW.plusSeconds(60))).isEqualTo(Use.UNKNOWN);
        assertThat(proofs.use(Node.proof(1), NOW.plusSeconds(60))).isEqualTo(Use.REPEATED);
    }

    @Test
    void canNotTellAProofThatMayBeForgotten() {
        assertThat(proofs.use(Node.proof(1), NOW)).isEqualTo(Use.UNKNOWN);
    }
}
