package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which revocations wait for the stream, and which it holds. */
class WriteBackLogTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private final TestClock clock = TestClock.startingAt(NOW);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE);
    private final WriteBackLog writeBackLog = new WriteBackLog(clock, nanos::get, 3);

    private static Revocation revocation(int number) {
        return Revocation.token("https://issuer.example.com", "" + number).until(NOW.plusSeconds(60));
    }

    private void addAndStore(int number) {
        assertThat(writeBackLog.add(revocation(number))).isTrue();
        writeBackLog.next(10).forEach(writeBackLog::stored);
    }

    @Test
    void handsOutEachOnceAndInOrder() {
        IntStream.range(0, 3).forEach(number -> writeBackLog.add(revocation(number)));
        writeBackLog.add(revocation(1));
        assertThat(writeBackLog.next(2)).containsExactly(revocation(0), revocation(1));
        assertThat(writeBackLog.next(2)).containsExactly(revocation(2));
        assertThat(writeBackLog.next(2)).isEmpty();
    }

    @Test
    void handsOutFirstWhatWasPutBack() {
        IntStream.range(0, 3).forEach(number -> writeBackLog.add(revocation(number)));
        writeBackLog.putBack(writeBackLog.next(2));
        assertThat(writeBackLog.next(10)).containsExactly(revocation(0), revocation(1), revocation(2));
    }

    @Test
    void dropsNoneThatWaits() {
        IntStream.range(0, 3).forEach(number -> writeBackLog.add(revocation(number)));
        assertThat(writeBackLog.add(revocation(3))).isFalse();
        assertThat(writeBackLog.next(10)).hasSize(3);
    }

    @Test
    void makesRoomByTheOldestThatIsStored() {
        IntStream.range(0, 3).forEach(this::addAndStore);
        addAndStore(3);
        writeBackLog.doubt();
        writeBackLog.writeOwnAgain();
        assertThat(writeBackLog.next(10)).containsExactly(revocation(1), revocation(2), revocation(3));
    }

    @Test
    void dropsNoBanWhileThereIsAnythingElseToDrop() {
        Revocation ban = Revocation.keyId("stolen").until(Instant.MAX);
        Revocation otherBan = Revocation.key("thumbprint").until(Instant.MAX);
        assertThat(writeBackLog.add(ban)).isTrue();
        writeBackLog.next(10).forEach(writeBackLog::stored);
        IntStream.range(0, 5).forEach(this::addAndStore);
        writeBackLog.stored(otherBan);
        IntStream.range(10, 15).forEach(number -> writeBackLog.stored(revocation(number)));
        writeBackLog.doubt();
        writeBackLog.writeOwnAgain();
        writeBackLog.writeOthersAgain();
        assertThat(writeBackLog.next(10)).hasSize(6).contains(ban, otherBan);
    }

    /** After a change of the store each node hands over what it knows; what another one has written is there already. */
    @Test
    void writesNothingThatAnotherNodeHasWritten() {
        writeBackLog.stored(revocation(0));
        assertThat(writeBackLog.add(revocation(0))).isTrue();
        assertThat(writeBackLog.next(10)).isEmpty();
        writeBackLog.doubt();
        writeBackLog.writeOwnAgain();
        assertThat(writeBackLog.next(10)).containsExactly(revocation(0));
    }

    @Test
    void makesRoomByWhatIsOver() {
        IntStream.range(0, 3).forEach(number -> writeBackLog.add(revocation(number)));
        clock.advance(Duration.ofSeconds(60));
        Revocation later = revocation(3).until(NOW.plusSeconds(600));
        assertThat(writeBackLog.add(later)).isTrue();
        assertThat(writeBackLog.next(10)).containsExactly(later);
    }

    @Test
    void writesAgainWhatIsStillMissingAfterALoss() {
        addAndStore(0);
        addAndStore(1);
        writeBackLog.stored(revocation(2));
        writeBackLog.doubt();
        writeBackLog.stored(revocation(1));
        writeBackLog.writeOwnAgain();
        assertThat(writeBackLog.next(10)).containsExactly(revocation(0));
        writeBackLog.writeOthersAgain();
        assertThat(writeBackLog.next(10)).containsExactly(revocation(2));
    }

    @Test
    void writesNothingAgainThatIsOver() {
        addAndStore(0);
        writeBackLog.doubt();
        clock.advance(Duration.ofSeconds(60));
        writeBackLog.writeOwnAgain();
        assertThat(writeBackLog.next(10)).isEmpty();
    }

    @Test
    void keepsTheNewestOfOtherNodes() {
        IntStream.range(0, 5).forEach(number -> writeBackLog.stored(revocation(number)));
        writeBackLog.doubt();
        writeBackLog.writeOthersAgain();
        assertThat(writeBackLog.next(10)).isEqualTo(List.of(revocation(2), revocation(3), revocation(4)));
    }

    @Test
    void retriesARejectedOneAfterTheOthersAndLaterEachTime() {
        IntStream.range(0, 2).forEach(number -> writeBackLog.add(revocation(number)));
        List<Revocation> batch = writeBackLog.next(1);
        for (int delay : List.of(1, 2, 4, 8, 16, 32, 64, 64)) {
            batch.forEach(writeBackLog::rejected);
            nanos.addAndGet(Duration.ofSeconds(delay).toNanos() - 1);
            writeBackLog.next(1).forEach(writeBackLog::stored);
            assertThat(writeBackLog.next(1)).isEmpty();
            nanos.addAndGet(1);
            batch = writeBackLog.next(1);
            assertThat(batch).containsExactly(revocation(0));
        }
        writeBackLog.stored(revocation(0));
        assertThat(writeBackLog.hasRejected()).isFalse();
    }

    @Test
    void doesNotHandOutARejectedOneTwiceAfterItWasPutBack() {
        writeBackLog.add(revocation(0));
        writeBackLog.next(1).forEach(writeBackLog::rejected);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        writeBackLog.putBack(writeBackLog.next(1));
        writeBackLog.next(1).forEach(writeBackLog::stored);
        assertThat(writeBackLog.next(1)).isEmpty();
    }

    @Test
    void makesRoomByRejectedOnesThatAreOver() {
        IntStream.range(0, 3).forEach(number -> writeBackLog.add(revocation(number)));
        writeBackLog.next(3).forEach(writeBackLog::rejected);
        assertThat(writeBackLog.add(revocation(3))).isFalse();
        clock.advance(Duration.ofSeconds(60));
        assertThat(writeBackLog.add(revocation(3).until(NOW.plusSeconds(600)))).isTrue();
        assertThat(writeBackLog.hasRejected()).isFalse();
    }
}
