package io.tokenguard.internal.possession;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.spi.ReplayStore;
import io.tokenguard.spi.ReplayStore.Use;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proof is good once on this node, whatever becomes of the store that nodes share. */
class UsedProofsTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TestClock clock = TestClock.startingAt(NOW);
    private final InMemoryReplayStore memory = new InMemoryReplayStore(clock, 1_000);
    private final Store store = new Store();

    /** A store that says what it is set to, and remembers nothing. */
    private static final class Store implements ReplayStore {
        private Use answer = Use.FIRST;
        private Duration outage = Duration.ZERO;
        private Instant forgetAt = Instant.MIN;
        private Duration limit = Duration.ZERO;
        private final List<Byte> usedAlone = new ArrayList<>();
        private boolean isUsedElsewhere;
        private boolean isClosed;

        @Override
        public boolean useAlone(byte[] proof) {
            usedAlone.add(proof[0]);
            return !isUsedElsewhere;
        }

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant end) {
            forgetAt = end;
            return answer;
        }

        @Override
        public Use use(byte[] proof, Instant madeAt, Instant end, Duration patience) {
            limit = patience;
            return use(proof, madeAt, end);
        }

        @Override
        public Duration outOfReachFor() {
            return outage;
        }

        @Override
        public void close() {
            isClosed = true;
        }
    }

    private UsedProofs proofs(boolean decidesAlone) {
        return proofs(Optional.of(store), decidesAlone);
    }

    private UsedProofs proofs(Optional<ReplayStore> shared, boolean decidesAlone) {
        return new UsedProofs(
                memory,
                new ReplayPolicy(
                        1_000,
                        Duration.ofSeconds(60),
                        Duration.ZERO,
                        shared,
                        new ReplayPolicy.Outage(Duration.ofMillis(250), Duration.ofSeconds(10), decidesAlone)));
    }

    private ProofUse proof(int number) {
        return proof(number, clock.instant());
    }

    private static ProofUse proof(int number, Instant madeAt) {
        byte[] name = new byte[32];
        name[0] = (byte) number;
        return new ProofUse(name, "key", madeAt, madeAt.plusSeconds(60));
    }

    private void fail(Duration outage) {
        store.answer = Use.UNKNOWN;
        store.outage = outage;
    }

    @Test
    void isUsedOnceHereThoughTheStoreForgets() {
        assertThat(proofs(false).use(proof(1))).isEqualTo(Use.FIRST);
        assertThat(proofs(false).use(proof(1))).isEqualTo(Use.REPEATED);
    }

    @Test
    void isKeptByTheStoreForTheGreatestAgeThatAnyNodeAccepts() {
        proofs(false).use(proof(1));
        assertThat(store.forgetAt).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void isNotUsedUpWhereTheStoreCannotTell() {
        fail(Duration.ofSeconds(30));
        assertThat(proofs(false).use(proof(1))).isEqualTo(Use.UNKNOWN);
        store.answer = Use.FIRST;
        assertThat(proofs(false).use(proof(1))).isEqualTo(Use.FIRST);
    }

    @Test
    void isJudgedAloneOnceTheOutageHasLastedLongEnough() {
        clock.advance(Duration.ofSeconds(1));
        fail(Duration.ofSeconds(9));
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.UNKNOWN);
        fail(Duration.ofSeconds(10));
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.FIRST);
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.REPEATED);
    }

    @Test
    void staysUsedAfterAnOutageInWhichItWasJudgedAlone() {
        clock.advance(Duration.ofSeconds(1));
        fail(Duration.ofSeconds(10));
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.FIRST);
        store.answer = Use.FIRST;
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.REPEATED);
    }

    @Test
    void isRecordedByTheStoreIfItIsAcceptedAlone() {
        clock.advance(Duration.ofSeconds(1));
        fail(Duration.ofSeconds(9));
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.UNKNOWN);
        assertThat(store.usedAlone).isEmpty();
        fail(Duration.ofSeconds(10));
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.FIRST);
        assertThat(store.usedAlone).containsExactly((byte) 1);
    }

    @Test
    void isNotAcceptedAloneIfAnotherGuardOfTheProcessHasUsedItMeanwhile() {
        clock.advance(Duration.ofSeconds(1));
        fail(Duration.ofSeconds(10));
        store.isUsedElsewhere = true;
        assertThat(proofs(true).use(proof(1))).isEqualTo(Use.REPEATED);
    }

    @Test
    void isNotJudgedAloneWhereItIsOlderThanTheMemory() {
        clock.advance(Duration.ofSeconds(1));
        fail(Duration.ofSeconds(10));
        assertThat(proofs(true).use(proof(1, NOW.minusSeconds(1)))).isEqualTo(Use.REPEATED);
    }

    @Test
    void isRefusedOnceWhereAStoreThatIsNotAskedAnyMoreMayKnowIt() {
        UsedProofs switched = proofs(Optional.empty(), false);
        switched.succeed(Optional.of(proofs(false)), NOW);
        clock.advance(Duration.ofSeconds(1));
        assertThat(switched.use(proof(1, NOW.minusMillis(1)))).isEqualTo(Use.REPEATED);
        assertThat(switched.use(proof(2, NOW.plusMillis(1)))).isEqualTo(Use.FIRST);
    }

    @ParameterizedTest
    @ValueSource(longs = {60, 3_600, 86_400})
    void isAcceptedSoonAfterAFastClockWasSetBackThoughTheStoreWasChangedMeanwhile(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
        UsedProofs switched = proofs(Optional.empty(), false);
        switched.succeed(Optional.of(proofs(false)), clock.instant());
        assertThat(switched.use(proof(1))).isNotEqualTo(Use.FIRST);
        clock.set(NOW);
        assertThat(switched.use(proof(2))).isNotEqualTo(Use.FIRST);
        clock.advance(Duration.ofSeconds(1));
        assertThat(switched.use(proof(3))).isEqualTo(Use.FIRST);
        assertThat(switched.use(proof(3))).isEqualTo(Use.REPEATED);
    }

    @Test
    void isDecidedAloneSoonAfterTheClockWasSetBackBeforeTheStart() {
        fail(Duration.ofSeconds(10));
        clock.set(NOW.minusSeconds(3_600));
        UsedProofs alone = proofs(true);
        assertThat(alone.use(proof(1))).isNotEqualTo(Use.FIRST);
        clock.advance(Duration.ofSeconds(1));
        assertThat(alone.use(proof(2))).isEqualTo(Use.FIRST);
    }

    @Test
    void isAskedForWithTheLimitThatIsSet() {
        proofs(false).use(proof(1));
        assertThat(store.limit).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void isNotRefusedForAChangeThatKeepsTheStoreOrAddsOne() {
        UsedProofs same = proofs(true);
        same.succeed(Optional.of(proofs(false)), NOW);
        assertThat(same.use(proof(1, NOW.minusMillis(1)))).isEqualTo(Use.FIRST);
        UsedProofs added = proofs(false);
        added.succeed(Optional.of(proofs(Optional.empty(), false)), NOW);
        assertThat(added.use(proof(2, NOW.minusMillis(1)))).isEqualTo(Use.FIRST);
    }

    @Test
    void staysRefusedAfterOneMoreChangeThatKeepsTheStore() {
        UsedProofs switched = proofs(Optional.empty(), false);
        switched.succeed(Optional.of(proofs(false)), NOW);
        UsedProofs later = proofs(Optional.empty(), false);
        later.succeed(Optional.of(switched), NOW.plusSeconds(10));
        clock.advance(Duration.ofSeconds(10));
        assertThat(later.use(proof(1, NOW.minusMillis(1)))).isEqualTo(Use.REPEATED);
        assertThat(later.use(proof(2, NOW.plusSeconds(5)))).isEqualTo(Use.FIRST);
    }

    @Test
    void leavesTheStoreOpenForAConfigurationThatUsesItToo() {
        proofs(false).closeFor(proofs(true));
        assertThat(store.isClosed).isFalse();
        proofs(false).closeFor(proofs(Optional.empty(), false));
        assertThat(store.isClosed).isTrue();
    }
}
