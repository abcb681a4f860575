package io.tokenguard.internal.writes;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.IdempotentWrite.Answer;
import io.tokenguard.spi.SharedState.WriteStore.Claim;
import io.tokenguard.spi.SharedState.WriteStore.State;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InMemoryWriteStoreTest {
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Duration LIFE = Duration.ofHours(1);
    private final TestClock clock = TestClock.startingAt(Instant.parse("2026-11-28T12:00:00Z"));
    private final InMemoryWriteStore store = new InMemoryWriteStore(clock, 1 << 20);
    private int attempts;

    private Claim claim(String key, String holder) {
        Instant now = clock.instant();
        return new Claim(key, holder, "owner" + attempts++, now, now.plus(LEASE));
    }

    private boolean finish(Claim claim, String record) {
        return store.finish(claim, record, clock.instant().plus(LIFE));
    }

    private State stateOf(String key) {
        return store.claim(claim(key, "alice")).state();
    }

    @Test
    void oneOfSeveralAttemptsIsTheFirst() {
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
        assertThat(stateOf("k")).isEqualTo(State.RUNNING);
    }

    @Test
    void aRecordEndsWithItsLife() {
        Claim claim = claim("k", "alice");
        assertThat(store.claim(claim).state()).isEqualTo(State.FIRST);
        assertThat(finish(claim, "record")).isTrue();
        clock.advance(LIFE.minusMillis(1));
        assertThat(store.claim(claim("k", "alice")).record()).isEqualTo("record");
        clock.advance(Duration.ofMillis(1));
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
    }

    @Test
    void aClaimEndsWithItsLease() {
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
        clock.advance(LEASE.minusMillis(1));
        assertThat(stateOf("k")).isEqualTo(State.RUNNING);
        clock.advance(Duration.ofMillis(1));
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
    }

    @Test
    void anAttemptWhoseLeaseEndedNeitherStoresNorReleasesForTheNext() {
        Claim slow = claim("k", "alice");
        store.claim(slow);
        clock.advance(LEASE);
        Claim next = claim("k", "alice");
        store.claim(next);
        store.release(slow);
        assertThat(finish(slow, "late")).isFalse();
        assertThat(stateOf("k")).isEqualTo(State.RUNNING);
        assertThat(finish(next, "record")).isTrue();
        store.release(next);
        assertThat(stateOf("k")).isEqualTo(State.DONE);
    }

    @Test
    void aReleasedKeyIsFree() {
        Claim claim = claim("k", "alice");
        store.claim(claim);
        store.release(claim);
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
    }

    @Test
    void nobodyCanUseUpTheShareOfAnother() {
        int claimed = 0;
        while (store.claim(claim("a" + claimed, "mallory")).state() == State.FIRST) {
            claimed++;
        }
        assertThat(store.claim(claim("x", "mallory")).state()).isEqualTo(State.FULL);
        assertThat(store.claim(claim("a0", "mallory")).state()).isEqualTo(State.RUNNING);
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
        assertThat(claimed).isBetween(100, 200);
    }

    @Test
    void whatEndsMakesRoom() {
        for (int i = 0; i < 100_000; i++) {
            Claim claim = claim("k" + i, "alice");
            assertThat(store.claim(claim).state()).isEqualTo(State.FIRST);
            store.release(claim);
        }
        clock.advance(LEASE);
        assertThat(stateOf("k")).isEqualTo(State.FIRST);
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void anAnswerForWhichThereIsNoRoomIsStoredWithoutItsBody() {
        Claim claim = claim("k", "alice");
        store.claim(claim);
        Answer large = new Answer(200, Map.of(), new byte[200_000]);
        BodyHash.Hashed hashed = new BodyHash.Hashed(0, true, "hash");
        assertThat(finish(claim, new StoredWrite(hashed, Optional.of(large)).write()))
                .isTrue();
        String record = store.claim(claim("k", "alice")).record();
        assertThat(StoredWrite.read(record)).contains(new StoredWrite(hashed, Optional.empty()));
    }
}
