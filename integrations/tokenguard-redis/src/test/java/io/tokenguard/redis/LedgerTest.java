package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which revocations wait for the stream, and which it holds. */
class LedgerTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private final TestClock clock = TestClock.startingAt(NOW);
    private final Ledger ledger = new Ledger(clock, 3);

    private static Revocation revocation(int number) {
        return Revocation.token("https://issuer.example.com", "" + number).until(NOW.plusSeconds(60));
    }

    private void addAndStore(int number) {
        assertThat(ledger.add(revocation(number))).isTrue();
        ledger.next(10).forEach(ledger::stored);
    }

    @Test
    void handsOutEachOnceAndInOrder() {
        IntStream.range(0, 3).forEach(number -> ledger.add(revocation(number)));
        ledger.add(revocation(1));
        assertThat(ledger.next(2)).containsExactly(revocation(0), revocation(1));
        assertThat(ledger.next(2)).containsExactly(revocation(2));
        assertThat(ledger.next(2)).isEmpty();
    }

    @Test
    void handsOutFirstWhatWasPutBack() {
        IntStream.range(0, 3).forEach(number -> ledger.add(revocation(number)));
        ledger.putBack(ledger.next(2));
        assertThat(ledger.next(10)).containsExactly(revocation(0), revocation(1), revocation(2));
    }

    @Test
    void dropsNoneThatWaits() {
        IntStream.range(0, 3).forEach(number -> ledger.add(revocation(number)));
        assertThat(ledger.add(revocation(3))).isFalse();
        assertThat(ledger.next(10)).hasSize(3);
    }

    @Test
    void makesRoomByTheOldestThatIsStored() {
        IntStream.range(0, 3).forEach(this::addAndStore);
        addAndStore(3);
        ledger.doubt();
        ledger.writeOwnAgain();
        assertThat(ledger.next(10)).containsExactly(revocation(1), revocation(2), revocation(3));
    }

    @Test
    void dropsNoBanWhileThereIsAnythingElseToDrop() {
        Revocation ban = Revocation.keyId("stolen").until(Instant.MAX);
        Revocation otherBan = Revocation.key("thumbprint").until(Instant.MAX);
        assertThat(ledger.add(ban)).isTrue();
        ledger.next(10).forEach(ledger::stored);
        IntStream.range(0, 5).forEach(this::addAndStore);
        ledger.stored(otherBan);
        IntStream.range(10, 15).forEach(number -> ledger.stored(revocation(number)));
        ledger.doubt();
        ledger.writeOwnAgain();
        ledger.writeOthersAgain();
        assertThat(ledger.next(10)).hasSize(6).contains(ban, otherBan);
    }

    /** After a change of the store each node hands over what it knows; what another one has written is there already. */
    @Test
    void writesNothingThatAnotherNodeHasWritten() {
        ledger.stored(revocation(0));
        assertThat(ledger.add(revocation(0))).isTrue();
        assertThat(ledger.next(10)).isEmpty();
        ledger.doubt();
        ledger.writeOwnAgain();
        assertThat(ledger.next(10)).containsExactly(revocation(0));
    }

    @Test
    void makesRoomByWhatIsOver() {
        IntStream.range(0, 3).forEach(number -> ledger.add(revocation(number)));
        clock.advance(Duration.ofSeconds(60));
        Revocation later = revocation(3).until(NOW.plusSeconds(600));
        assertThat(ledger.add(later)).isTrue();
        assertThat(ledger.next(10)).containsExactly(later);
    }

    @Test
    void writesAgainWhatIsStillMissingAfterALoss() {
        addAndStore(0);
        addAndStore(1);
        ledger.stored(revocation(2));
        ledger.doubt();
        ledger.stored(revocation(1));
        ledger.writeOwnAgain();
        assertThat(ledger.next(10)).containsExactly(revocation(0));
        ledger.writeOthersAgain();
        assertThat(ledger.next(10)).containsExactly(revocation(2));
    }

    @Test
    void writesNothingAgainThatIsOver() {
        addAndStore(0);
        ledger.doubt();
        clock.advance(Duration.ofSeconds(60));
        ledger.writeOwnAgain();
        assertThat(ledger.next(10)).isEmpty();
    }

    @Test
    void keepsTheNewestOfOtherNodes() {
        IntStream.range(0, 5).forEach(number -> ledger.stored(revocation(number)));
        ledger.doubt();
        ledger.writeOthersAgain();
        assertThat(ledger.next(10)).isEqualTo(List.of(revocation(2), revocation(3), revocation(4)));
    }
}
