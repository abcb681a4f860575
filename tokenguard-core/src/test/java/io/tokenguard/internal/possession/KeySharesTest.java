package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.TestClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One key can't fill the replay memory for all. */
class KeySharesTest {
    private static final Duration AGE = Duration.ofSeconds(60);

    private final TestClock clock = TestClock.startingAt(Instant.parse("2030-01-01T00:00:00Z"));
    private final AtomicLong nanoTime = new AtomicLong(-40_000_000_000L);
    private final InMemoryReplayStore memory = new InMemoryReplayStore(clock, 1_000, nanoTime::get);
    private final UsedProofs proofs = new UsedProofs(
            memory,
            new ReplayPolicy(
                    1_000,
                    AGE,
                    Duration.ZERO,
                    Optional.empty(),
                    new ReplayPolicy.Outage(Duration.ofMillis(250), Duration.ofSeconds(10), false)));
    private int number;

    KeySharesTest() {
        proofs.succeed(Optional.empty(), clock.instant());
    }

    private ProofUse proof(String key) {
        number++;
        byte[] name = ByteBuffer.allocate(32).putInt(number).array();
        return new ProofUse(name, key, clock.instant(), clock.instant().plus(AGE));
    }

    private boolean accepts(String key) {
        ProofUse proof = proof(key);
        return proofs.waitFor(proof).isZero() && proofs.use(proof) == Use.FIRST;
    }

    private void advance(Duration time) {
        clock.advance(time);
        nanoTime.addAndGet(time.toNanos());
    }

    private int accepted(String key, int offered) {
        int accepted = 0;
        for (int i = 0; i < offered; i++) {
            accepted += accepts(key) ? 1 : 0;
        }
        return accepted;
    }

    @Test
    void aKeyHasATenthOfTheMemoryAndNobodyElseIsAffected() {
        assertThat(accepted("greedy", 5_000)).isEqualTo(100);
        for (int client = 0; client < 90; client++) {
            assertThat(accepted("client" + client, 10)).isEqualTo(10);
        }
        assertThat(accepts("greedy")).isFalse();
    }

    @Test
    void aClockThatJumpsGivesNoKeyItsShareEarlierOrLater() {
        assertThat(accepted("greedy", 200)).isEqualTo(100);
        clock.advance(Duration.ofHours(1));
        assertThat(accepts("greedy")).isFalse();
        clock.set(clock.instant().minus(Duration.ofHours(2)));
        nanoTime.addAndGet(AGE.multipliedBy(2).toNanos());
        assertThat(proofs.waitFor(proof("greedy"))).isZero();
    }

    @Test
    void aKeyHasItsShareAgainOnceItsProofsHaveExpired() {
        assertThat(accepted("greedy", 200)).isEqualTo(100);
        Duration wait = proofs.waitFor(proof("greedy"));
        assertThat(wait).isBetween(AGE, AGE.plusSeconds(15));
        advance(wait.minusNanos(1));
        assertThat(accepts("greedy")).isFalse();
        advance(Duration.ofNanos(1));
        assertThat(accepted("greedy", 200)).isEqualTo(100);
    }

    @Test
    void aProofThatWasUsedBeforeIsStillRecognisedOnceTheShareIsUsedUp() {
        ProofUse first = proof("greedy");
        assertThat(proofs.use(first)).isEqualTo(Use.FIRST);
        assertThat(accepted("greedy", 200)).isEqualTo(99);
        assertThat(proofs.waitFor(first)).isZero();
        assertThat(proofs.use(first)).isEqualTo(Use.REPEATED);
    }

    @Test
    void aProofThatWasUsedBeforeCountsOnce() {
        ProofUse proof = proof("key");
        assertThat(proofs.use(proof)).isEqualTo(Use.FIRST);
        for (int i = 0; i < 500; i++) {
            assertThat(proofs.use(proof)).isEqualTo(Use.REPEATED);
        }
        assertThat(accepted("key", 200)).isEqualTo(99);
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    void goesByATimeThatDoesNotJump(int seconds) {
        assertThat(accepted("greedy", 200)).isEqualTo(100);
        clock.advance(Duration.ofSeconds(seconds));
        assertThat(proofs.waitFor(proof("greedy"))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void neverCountsFewerThanAreLiveAndServesAKeyThatStaysBelowItsShare(long seed) {
        Random random = new Random(seed);
        KeyShare share = new KeyShare(AGE.toNanos(), nanoTime.get());
        Deque<Long> live = new ArrayDeque<>();
        for (int step = 0; step < 5_000; step++) {
            nanoTime.addAndGet(Duration.ofMillis(random.nextInt(3_000)).toNanos());
            long now = nanoTime.get();
            live.removeIf(madeAt -> now - madeAt >= AGE.toNanos());
            if (live.size() >= 30) {
                assertThat(share.waitFor(30, now)).isPositive();
            }
            if (share.waitFor(30, now).isZero()) {
                share.add(now);
                live.add(now);
            }
            assertThat(live.size()).isLessThanOrEqualTo(30);
        }
        nanoTime.addAndGet(AGE.multipliedBy(2).toNanos());
        assertThat(share.waitFor(1, nanoTime.get())).isZero();
    }
}
