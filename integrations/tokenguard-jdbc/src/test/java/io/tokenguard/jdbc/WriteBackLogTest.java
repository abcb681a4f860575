package io.tokenguard.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WriteBackLogTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final WriteBackLog log = new WriteBackLog(Clock.fixed(NOW, ZoneOffset.UTC), nanos::get, 2);

    private static Revocation revocation(String name, int seconds) {
        return Revocation.issuer(name).until(NOW.plusSeconds(seconds));
    }

    @Test
    void refusesWhatItHasNoRoomForAndDropsNothingThatWaits() {
        assertThat(log.add(revocation("a", 60))).isTrue();
        assertThat(log.add(revocation("b", 60))).isTrue();
        assertThat(log.add(revocation("c", 60))).isFalse();
        assertThat(log.next(10)).containsExactly(revocation("a", 60), revocation("b", 60));
    }

    @Test
    void makesRoomByDroppingWhatIsOver() {
        log.add(revocation("over", 0));
        log.add(revocation("b", 60));
        assertThat(log.add(revocation("c", 60))).isTrue();
        assertThat(log.next(10)).containsExactly(revocation("b", 60), revocation("c", 60));
    }

    @Test
    void writesAgainWhatWasNotFoundAfterALoss() {
        log.stored(List.of(revocation("found", 60), revocation("lost", 60)));
        log.doubt();
        log.stored(List.of(revocation("found", 60)));
        log.writeAgain();
        assertThat(log.next(10)).containsExactly(revocation("lost", 60));
    }

    @Test
    void letsNobodyWaitWhileNothingCanBeWritten() throws Exception {
        log.add(revocation("a", 60));
        long start = System.nanoTime();
        assertThat(log.awaitStored(revocation("a", 60), Duration.ofMinutes(1))).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void saysWhenARevocationIsStored() throws Exception {
        log.failing(false);
        log.add(revocation("a", 60));
        log.stored(List.of(revocation("a", 60)));
        assertThat(log.awaitStored(revocation("a", 60), Duration.ofMinutes(1))).isTrue();
    }

    @Test
    void retriesARejectedOneAfterTheOthersAndLaterEachTime() {
        log.add(revocation("rejected", 60));
        log.add(revocation("b", 60));
        for (int delay : List.of(1, 2, 4, 8, 16, 32, 64, 64)) {
            log.rejected(revocation("rejected", 60));
            nanos.addAndGet(Duration.ofSeconds(delay).toNanos() - 1);
            assertThat(log.next(10)).doesNotContain(revocation("rejected", 60));
            log.stored(List.of(revocation("b", 60)));
            nanos.addAndGet(1);
            assertThat(log.next(10)).containsExactly(revocation("rejected", 60));
        }
        log.stored(List.of(revocation("rejected", 60)));
        assertThat(log.hasRejected()).isFalse();
    }

    @Test
    void letsNobodyWaitForARejectedOne() throws Exception {
        log.failing(false);
        log.add(revocation("a", 60));
        log.rejected(revocation("a", 60));
        long start = System.nanoTime();
        assertThat(log.awaitStored(revocation("a", 60), Duration.ofMinutes(1))).isFalse();
        assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
    }

    @Test
    void rejectedOnesTakeRoomUntilTheyAreOver() {
        log.add(revocation("a", 0));
        log.add(revocation("b", 60));
        log.rejected(revocation("b", 60));
        log.rejected(revocation("a", 0));
        assertThat(log.add(revocation("c", 60))).isTrue();
        assertThat(log.add(revocation("d", 60))).isFalse();
    }
}
