package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.TestClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two nodes, one proof, and a shared store that is changed or lost between the two uses. */
class LostUsesTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration AGE = Duration.ofSeconds(10);
    /** Seconds from the start of the nodes to the loss. */
    private static final int LOSS = 100;

    private final TestClock clock = TestClock.startingAt(NOW);

    /** A store that can be emptied. */
    private static final class Store implements ReplayStore {
        private final Set<ByteBuffer> used = new HashSet<>();
        private Instant since = Instant.MIN;

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant forgetAt) {
            return used.add(ByteBuffer.wrap(proof)) ? Use.FIRST : Use.REPEATED;
        }

        @Override
        public Instant knownSince() {
            return since;
        }

        private void lose(Instant now) {
            used.clear();
            since = now;
        }
    }

    private UsedProofs node(InMemoryReplayStore memory, Duration skew, Store store) {
        return new UsedProofs(
                memory,
                new ReplayPolicy(
                        1_000,
                        AGE,
                        skew,
                        Optional.of(store),
                        new ReplayPolicy.Outage(Duration.ofMillis(250), Duration.ofSeconds(10), false)));
    }

    private InMemoryReplayStore memory() {
        return new InMemoryReplayStore(clock, 1_000);
    }

    private static ProofUse proof(Instant madeAt) {
        return new ProofUse(new byte[32], "key", madeAt, madeAt.plus(AGE));
    }

    private void setTo(int second) {
        clock.set(NOW.plusSeconds(second));
    }

    private static boolean isInTime(int madeAt, int usedAt, int skew) {
        return madeAt <= usedAt + skew && madeAt >= usedAt - AGE.toSeconds();
    }

    /** Skew before and after the loss, and whether the store is changed or loses its data. */
    static Stream<Arguments> losses() {
        return Stream.of(0, 1, 5, 60)
                .flatMap(before -> Stream.of(0, 5, 60).map(after -> new int[] {before, after}))
                .flatMap(skews -> Stream.of(true, false)
                        .filter(isChanged -> isChanged || skews[0] == skews[1])
                        .map(isChanged -> Arguments.of(skews[0], skews[1], isChanged)));
    }

    @ParameterizedTest(name = "skew {0} s, then {1} s, changed {2}")
    @MethodSource("losses")
    void noProofThatMayHaveBeenUsedBeforeIsAcceptedAfterwards(int skewBefore, int skewAfter, boolean isChanged) {
        for (int madeAt = LOSS - 12; madeAt <= LOSS + 65; madeAt++) {
            for (int usedAt = LOSS - 2; usedAt <= LOSS; usedAt++) {
                if (isInTime(madeAt, usedAt, skewBefore)) {
                    requireNoSecondUse(madeAt, usedAt, new int[] {skewBefore, skewAfter}, isChanged);
                }
            }
        }
    }

    private void requireNoSecondUse(int madeAt, int usedAt, int[] skews, boolean isChanged) {
        setTo(0);
        Store store = new Store();
        UsedProofs first = node(memory(), Duration.ofSeconds(skews[0]), store);
        InMemoryReplayStore othersMemory = memory();
        UsedProofs other = node(othersMemory, Duration.ofSeconds(skews[0]), store);
        ProofUse proof = proof(NOW.plusSeconds(madeAt));
        setTo(usedAt);
        assertThat(first.use(proof)).isEqualTo(Use.FIRST);
        setTo(LOSS);
        UsedProofs later = afterLoss(other, othersMemory, store, Duration.ofSeconds(skews[1]), isChanged);
        IntStream.rangeClosed(LOSS, LOSS + 80)
                .filter(again -> isInTime(madeAt, again, skews[1]))
                .forEach(again -> {
                    setTo(again);
                    assertThat(later.use(proof))
                            .as("iat %s, used at %s and again at %s", madeAt, usedAt, again)
                            .isNotEqualTo(Use.FIRST);
                });
    }

    private UsedProofs afterLoss(
            UsedProofs node, InMemoryReplayStore memory, Store store, Duration skew, boolean isChanged) {
        if (!isChanged) {
            store.lose(clock.instant());
            return node;
        }
        UsedProofs later = node(memory, skew, new Store());
        later.succeed(Optional.of(node), clock.instant());
        return later;
    }

    @ParameterizedTest(name = "skew {0} s, then {1} s, changed {2}")
    @MethodSource("losses")
    void newProofsAreAcceptedAsSoonAsNoneOfThemCanHaveBeenUsedBefore(int before, int after, boolean isChanged) {
        setTo(LOSS);
        Store store = new Store();
        InMemoryReplayStore memory = memory();
        UsedProofs node = node(memory, Duration.ofSeconds(before), store);
        UsedProofs later = afterLoss(node, memory, store, Duration.ofSeconds(after), isChanged);
        assertThat(later.use(proof(clock.instant()))).isEqualTo(Use.UNKNOWN);
        clock.advance(later.untilKnown());
        assertThat(Duration.between(NOW.plusSeconds(LOSS), clock.instant()))
                .isEqualTo(Duration.ofSeconds(Math.max(before, after)).plusMillis(1));
        assertThat(later.use(proof(NOW.plusSeconds(LOSS)))).isEqualTo(Use.REPEATED);
        assertThat(later.untilKnown()).isZero();
        assertThat(later.use(proof(clock.instant()))).isEqualTo(Use.FIRST);
    }
}
