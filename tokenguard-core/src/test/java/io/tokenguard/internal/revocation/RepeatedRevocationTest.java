package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A revocation that arrives again, such as when a store is read from its beginning. */
class RepeatedRevocationTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Instant AFTER_SOON = NOW.plusSeconds(120);
    private static final int COUNT = 10_000;

    private final RevocationMemory memory = new RevocationMemory(
            new RevocationLimits(100_000, Duration.ofHours(1), Duration.ofDays(30), Duration.ZERO));

    private static Revocation numbered(long number) {
        byte[] hash = ByteBuffer.allocate(32).putLong(number).putLong(~number).array();
        String target = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return new Revocation(Kind.TOKEN, target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Every other one ends soon. */
    private void addAll(Instant now) {
        LongStream.range(0, COUNT)
                .forEach(number -> assertThat(memory.add(numbered(number), endOf(number), now))
                        .isTrue());
    }

    private static Instant endOf(long number) {
        return number % 2 == 0 ? SOON : NOW.plus(Duration.ofHours(5));
    }

    private long accepted(Instant now) {
        return LongStream.range(0, COUNT)
                .filter(number -> endOf(number).isAfter(now) && !memory.isHit(numbered(number), 0, now))
                .count();
    }

    @Test
    void hidesNoOtherIfItHasEnded() {
        addAll(NOW);
        assertThat(accepted(AFTER_SOON)).isZero();
        addAll(AFTER_SOON);
        assertThat(accepted(AFTER_SOON)).isZero();
    }

    @Test
    void appliesAgainIfTheClockIsSetBack() {
        addAll(NOW);
        addAll(AFTER_SOON);
        assertThat(accepted(NOW)).isZero();
    }
}
