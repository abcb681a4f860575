package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.TestClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 9449 §11.1: what was used is known as long as it could be used again, and takes no more room than it may. */
class InMemoryReplayStoreTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(60);

    private final TestClock clock = TestClock.startingAt(NOW);

    private static byte[] proof(long number) {
        return ByteBuffer.allocate(32).putLong(number).putLong(~number).array();
    }

    private Use use(InMemoryReplayStore store, long number) {
        return store.use(proof(number), clock.instant(), clock.instant().plus(LIFE));
    }

    private void fill(InMemoryReplayStore store, long from, long count) {
        for (long number = from; number < from + count; number++) {
            assertThat(use(store, number)).isEqualTo(Use.FIRST);
        }
    }

    @Test
    void takesAProofOnceAndNeverAgainWhileItIsGood() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000);
        assertThat(use(store, 1)).isEqualTo(Use.FIRST);
        assertThat(use(store, 1)).isEqualTo(Use.REPEATED);
        clock.advance(LIFE);
        assertThat(store.use(proof(1), NOW, NOW.plus(LIFE))).isEqualTo(Use.REPEATED);
        clock.advance(Duration.ofMillis(999));
        assertThat(store.use(proof(1), NOW, NOW.plus(LIFE))).isEqualTo(Use.REPEATED);
    }

    /** Whoever was held up between the check of the time and this one must not pass by having waited. */
    @Test
    void tellsNothingOfAProofThatMayBeForgottenAlready() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000);
        assertThat(use(store, 1)).isEqualTo(Use.FIRST);
        clock.advance(LIFE.plusSeconds(1));
        assertThat(store.use(proof(1), NOW, NOW.plus(LIFE))).isEqualTo(Use.UNKNOWN);
    }

    @Test
    void tellsProofsApartThatDifferInOneBit() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000);
        byte[] plain = new byte[32];
        assertThat(store.use(plain, NOW, NOW.plus(LIFE))).isEqualTo(Use.FIRST);
        for (int bit = 0; bit < 128; bit++) {
            byte[] other = new byte[32];
            other[bit / 8] = (byte) (1 << bit % 8);
            assertThat(store.use(other, NOW, NOW.plus(LIFE))).isEqualTo(Use.FIRST);
        }
    }

    @Test
    void saysThatItCantTellWhereItIsFullAndForgetsNothingForIt() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 20_000);
        fill(store, 0, 20_000);
        for (long number = 20_000; number < 21_000; number++) {
            assertThat(use(store, number)).isEqualTo(Use.UNKNOWN);
        }
        for (long number = 0; number < 20_000; number++) {
            assertThat(use(store, number)).isEqualTo(Use.REPEATED);
        }
    }

    @Test
    void hasRoomAgainForAllOnceTheirTimeIsOver() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 20_000);
        for (int round = 0; round < 5; round++) {
            fill(store, round * 20_000L, 20_000);
            assertThat(use(store, -1)).isEqualTo(Use.UNKNOWN);
            clock.advance(LIFE.plusSeconds(1));
        }
    }

    /** Under a steady load close to the limit, places come free one by one, and each is found when it is needed. */
    @Test
    void refusesNobodyWhileFewerAreLiveThanItHolds() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 6_200);
        for (int second = 0; second < 300; second++) {
            fill(store, second * 100L, 100);
            clock.advance(Duration.ofSeconds(1));
        }
    }

    @Test
    void canBeMadeLargerAndSmallerWithoutForgetting() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 10);
        fill(store, 0, 10);
        assertThat(use(store, 10)).isEqualTo(Use.UNKNOWN);
        store.resize(11, LIFE);
        assertThat(use(store, 10)).isEqualTo(Use.FIRST);
        store.resize(5, LIFE);
        assertThat(use(store, 11)).isEqualTo(Use.UNKNOWN);
        assertThat(use(store, 0)).isEqualTo(Use.REPEATED);
    }

    @Test
    void remembersForLongerFromTheMomentThatProofsAreAcceptedForLonger() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000);
        assertThat(use(store, 1)).isEqualTo(Use.FIRST);
        store.resize(1_000, LIFE.multipliedBy(5));
        clock.advance(LIFE.plusSeconds(10));
        fill(store, 2, 900);
        assertThat(store.use(proof(1), NOW, NOW.plus(LIFE.multipliedBy(5)))).isEqualTo(Use.REPEATED);
    }

    /** It was too old to be accepted before the change, used or not. */
    @Test
    void refusesWhatItMayHaveForgottenBeforeProofsWereAcceptedForLonger() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 64);
        assertThat(use(store, 1)).isEqualTo(Use.FIRST);
        clock.advance(LIFE.plusSeconds(1));
        for (long number = 2; number < 2_000; number++) {
            use(store, number);
            clock.advance(Duration.ofMillis(100));
        }
        store.resize(64, Duration.ofHours(1));
        assertThat(store.use(proof(1), NOW, NOW.plus(Duration.ofHours(1)))).isEqualTo(Use.REPEATED);
    }

    /** A request that the older configuration let in may come after the newer one took effect. */
    @Test
    void remembersWhatAnOlderConfigurationAcceptsThoughTheNewerOneWouldNot() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000);
        store.resize(1_000, Duration.ofSeconds(5));
        Instant madeAt = NOW.minusSeconds(50);
        assertThat(store.use(proof(1), madeAt, madeAt.plus(LIFE))).isEqualTo(Use.FIRST);
        fill(store, 2, 900);
        assertThat(store.use(proof(1), madeAt, madeAt.plus(LIFE))).isEqualTo(Use.REPEATED);
    }

    @Test
    void takesProofsAgainAtOnceAfterAClockThatRanAheadIsPutRight() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 10_000);
        clock.advance(Duration.ofHours(1));
        for (long number = 0; number < 2_000; number++) {
            use(store, number);
            clock.advance(Duration.ofMillis(100));
        }
        clock.set(NOW);
        clock.advance(Duration.ofSeconds(1));
        fill(store, 10_000, 10);
    }

    @Test
    void knowsWhatItKnewWhenTheClockIsSetBackBehindItsBeginning() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 10);
        TestClock past = TestClock.startingAt(NOW.minusSeconds(86_400));
        assertThat(store.use(proof(1), past.instant(), past.instant().plusSeconds(100_000)))
                .isEqualTo(Use.FIRST);
        assertThat(store.use(proof(1), past.instant(), past.instant().plusSeconds(100_000)))
                .isEqualTo(Use.REPEATED);
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 30_001, 100_000, 333_333, 1_000_000})
    void takesAtMostSixtyFourBytesForEachLiveProof(int live) {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000_000);
        for (int number = 0; number < live; number++) {
            use(store, number);
            if (number >= 9_999 && number % 997 == 0) {
                assertThat(store.bytes() / (number + 1)).isLessThanOrEqualTo(64);
            }
        }
        assertThat(store.bytes()).isLessThanOrEqualTo(64L * live);
    }

    @Test
    void givesRoomBackOnceTheLoadIsOver() {
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000_000);
        fill(store, 0, 200_000);
        clock.advance(LIFE.plusSeconds(1));
        fill(store, 200_000, 10_000);
        assertThat(store.bytes()).isLessThanOrEqualTo(64L * 10_000);
    }

    @Test
    void letsExactlyOneOfManyPassForEachOfManyProofs() throws Exception {
        int threads = 64;
        int proofs = 100_000;
        InMemoryReplayStore store = new InMemoryReplayStore(clock, 1_000_000);
        AtomicIntegerArray passed = new AtomicIntegerArray(proofs);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> done = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                done.add(pool.submit(usingAll(store, proofs, passed, start)));
            }
            start.countDown();
            for (Future<Void> each : done) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        for (int number = 0; number < proofs; number++) {
            assertThat(passed.get(number)).isEqualTo(1);
        }
    }

    private Callable<Void> usingAll(
            InMemoryReplayStore store, int proofs, AtomicIntegerArray passed, CountDownLatch start) {
        return () -> {
            start.await();
            for (int number = 0; number < proofs; number++) {
                if (use(store, number) == Use.FIRST) {
                    passed.incrementAndGet(number);
                }
            }
            return null;
        };
    }
}
