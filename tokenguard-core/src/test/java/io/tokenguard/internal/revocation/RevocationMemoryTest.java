package io.tokenguard.internal.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.Revocation;
import io.tokenguard.access.Revocation.Kind;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was taken in bites until its end, and takes no more room than it may. */
class RevocationMemoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Instant END = NOW.plusSeconds(60);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final RevocationMemory memory = new RevocationMemory(holding(RevocationMemory.USUAL_CAPACITY));

    private static RevocationLimits holding(int capacity) {
        return new RevocationLimits(capacity, HOUR, Duration.ofDays(30), Duration.ZERO);
    }

    private static Clock at(Instant instant) {
        return Clock.fixed(instant, ZoneOffset.UTC);
    }

    private static Revocation numbered(long number) {
        byte[] hash = ByteBuffer.allocate(32).putLong(number).putLong(~number).array();
        String target = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return new Revocation(Kind.TOKEN, target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static void fill(RevocationMemory filled, long from, long count, Instant end, Instant now) {
        long taken = LongStream.range(from, from + count)
                .filter(number -> filled.add(numbered(number), end, now))
                .count();
        assertThat(taken).isEqualTo(count);
    }

    private boolean isHit(Revocation target, Instant now) {
        return memory.isHit(target, UNKNOWN, now);
    }

    static Stream<Revocation> oneOfEachKind() {
        return Stream.of(
                Revocation.token("iss", "name"),
                Revocation.presented("name"),
                Revocation.session("iss", "name"),
                Revocation.subject("iss", "name"),
                Revocation.client("iss", "name"),
                Revocation.issuer("iss"));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void hitsItsTargetAndNoOther(Revocation revocation) {
        assertThat(isHit(revocation, NOW)).isFalse();
        assertThat(memory.add(revocation, END, NOW)).isTrue();
        assertThat(isHit(revocation, NOW)).isTrue();
        assertThat(oneOfEachKind().filter(other -> isHit(other, NOW))).containsExactly(revocation);
        assertThat(Stream.of(Kind.values()).filter(memory::holds)).containsExactly(revocation.kind());
    }

    @Test
    void tellsTheNamesOfTwoIssuersApart() {
        memory.add(Revocation.subject("a", "bc"), END, NOW);
        assertThat(isHit(Revocation.subject("ab", "c"), NOW)).isFalse();
        assertThat(isHit(Revocation.subject("b", "bc"), NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tellsTargetsApartThatDifferInOneBit(Kind kind) {
        memory.add(of(kind, new byte[32]), END, NOW);
        for (int bit = 0; bit < 100; bit++) {
            byte[] other = new byte[32];
            other[bit / 8] = (byte) (0x80 >> bit % 8);
            assertThat(isHit(of(kind, other), NOW)).isFalse();
        }
    }

    private static Revocation of(Kind kind, byte[] hash) {
        String target = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return new Revocation(kind, target, Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Nested
    class IssuedBefore {
        private final Revocation target = Revocation.subject("iss", "alice");

        private boolean isHitIssued(Instant issuedAt) {
            return memory.isHit(target, issuedAt.getEpochSecond(), NOW);
        }

        @Test
        void hitsWhatWasIssuedASecondBefore() {
            memory.add(target.issuedBefore(NOW), END, NOW);
            assertThat(isHitIssued(NOW.minusSeconds(1))).isTrue();
        }

        @Test
        void sparesWhatWasIssuedAtThatMoment() {
            memory.add(target.issuedBefore(NOW), END, NOW);
            assertThat(isHitIssued(NOW)).isFalse();
        }

        /** Of a token that says no more than the second, nobody knows whether it was issued before or after. */
        @Test
        void hitsWhatWasIssuedInTheSecondThatHasBegun() {
            memory.add(target.issuedBefore(NOW.plusMillis(1)), END, NOW);
            assertThat(isHitIssued(NOW)).isTrue();
            assertThat(isHitIssued(NOW.plusSeconds(1))).isFalse();
        }

        @Test
        void hitsWhatDoesNotSay() {
            memory.add(target.issuedBefore(NOW), END, NOW);
            assertThat(isHit(target, NOW)).isTrue();
        }

        @Test
        void inTheFutureHitsWhatIsIssuedUntilThen() {
            memory.add(target.issuedBefore(NOW.plusSeconds(30)), END, NOW);
            assertThat(isHitIssued(NOW.plusSeconds(29))).isTrue();
            assertThat(isHitIssued(NOW.plusSeconds(30))).isFalse();
        }

        @ParameterizedTest
        @ValueSource(strings = {"-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
        void longAgoHitsNothingThatSays(String moment) {
            memory.add(target.issuedBefore(Instant.parse(moment)), END, NOW);
            assertThat(memory.isHit(target, 0, NOW)).isFalse();
        }

        @Test
        void farAheadHitsAll() {
            memory.add(target.issuedBefore(Instant.MAX), END, NOW);
            assertThat(isHitIssued(NOW.plusSeconds(100_000))).isTrue();
        }
    }

    @Nested
    class End {
        @Test
        void isReachedByAMillisecondLess() {
            memory.add(numbered(1), END, NOW);
            assertThat(isHit(numbered(1), END.minusMillis(1))).isTrue();
        }

        @Test
        void isItselfNoLongerHit() {
            memory.add(numbered(1), END, NOW);
            assertThat(isHit(numbered(1), END)).isFalse();
        }

        @Test
        void withinASecondCountsUntilItIsOver() {
            memory.add(numbered(1), END.plusMillis(1), NOW);
            assertThat(isHit(numbered(1), END.plusMillis(999))).isTrue();
            assertThat(isHit(numbered(1), END.plusSeconds(1))).isFalse();
        }

        @Test
        void farAheadIsNever() {
            memory.add(numbered(1), Instant.MAX, NOW);
            assertThat(isHit(numbered(1), Instant.parse("9999-01-01T00:00:00Z")))
                    .isTrue();
        }

        @Test
        void thatWasAnHourAgoTakesNoRoom() {
            assertThat(memory.add(numbered(1), NOW, NOW.plus(Duration.ofHours(1))))
                    .isTrue();
            assertThat(memory.size()).isZero();
            assertThat(memory.version()).isZero();
        }

        /** A revocation of another node arrives while this clock is ahead. */
        @ParameterizedTest
        @ValueSource(longs = {1, 60, 3_599, 3_600})
        void appliesOnceAClockThatRanAheadIsSetBack(long aheadBy) {
            memory.add(numbered(1), NOW.plusSeconds(1), NOW.plusSeconds(aheadBy));
            assertThat(isHit(numbered(1), NOW)).isTrue();
        }

        /** Within an hour, a clock that ran ahead and was put right loses nothing. */
        @Test
        void isForgottenAnHourLaterOnly() {
            memory.add(numbered(1), END, NOW);
            memory.sweep(END.plus(Duration.ofHours(1)).minusSeconds(1));
            assertThat(isHit(numbered(1), NOW)).isTrue();
            memory.sweep(END.plus(Duration.ofHours(1)));
            assertThat(isHit(numbered(1), NOW)).isFalse();
            assertThat(memory.holds(Kind.TOKEN)).isFalse();
            assertThat(memory.size()).isZero();
        }
    }

    @Nested
    class Merging {
        private final Revocation target = Revocation.client("iss", "app");

        private boolean isHitIssued(Instant issuedAt, Instant now) {
            return memory.isHit(target, issuedAt.getEpochSecond(), now);
        }

        @Test
        void keepsTheLaterMomentOfIssueWhicheverComesFirst() {
            for (Revocation client : List.of(Revocation.client("iss", "one"), Revocation.client("iss", "two"))) {
                boolean isLaterFirst = client.equals(Revocation.client("iss", "one"));
                memory.add(client.issuedBefore(NOW.plusSeconds(isLaterFirst ? 20 : 10)), END, NOW);
                memory.add(client.issuedBefore(NOW.plusSeconds(isLaterFirst ? 10 : 20)), END, NOW);
                assertThat(memory.isHit(client, NOW.plusSeconds(19).getEpochSecond(), NOW))
                        .isTrue();
                assertThat(memory.isHit(client, NOW.plusSeconds(20).getEpochSecond(), NOW))
                        .isFalse();
            }
        }

        @Test
        void neverNarrowsWhatHitsAll() {
            memory.add(target, END, NOW);
            memory.add(target.issuedBefore(NOW), END, NOW);
            assertThat(isHitIssued(NOW.plusSeconds(10), NOW)).isTrue();
        }

        @Test
        void widensToAll() {
            memory.add(target.issuedBefore(NOW), END, NOW);
            memory.add(target, END, NOW);
            assertThat(isHitIssued(NOW.plusSeconds(10), NOW)).isTrue();
        }

        @Test
        void keepsTheLaterEndWhicheverComesFirst() {
            memory.add(target, END, NOW);
            memory.add(target, END.plusSeconds(60), NOW);
            assertThat(isHitIssued(NOW, END.plusSeconds(59))).isTrue();
            memory.add(target, END.plusSeconds(30), NOW);
            assertThat(isHitIssued(NOW, END.plusSeconds(59))).isTrue();
            assertThat(isHitIssued(NOW, END.plusSeconds(60))).isFalse();
        }

        @Test
        void takesNoFurtherRoom() {
            memory.add(target, END, NOW);
            memory.add(target.issuedBefore(NOW), END.plusSeconds(60), NOW);
            assertThat(memory.size()).isEqualTo(1);
        }

        /** A block that is over must not make a later, narrower one hit tokens that were issued since. */
        @Test
        void doesNotReviveWhatIsOver() {
            memory.add(target, END, NOW);
            memory.add(target.issuedBefore(END), END.plusSeconds(60), END);
            assertThat(isHitIssued(END.minusSeconds(1), END)).isTrue();
            assertThat(isHitIssued(END, END)).isFalse();
        }
    }

    @Nested
    class Version {
        @Test
        void changesWithWhatHitsMoreThanBefore() {
            Revocation target = numbered(1).issuedBefore(NOW);
            memory.add(target, END, NOW);
            assertThat(memory.version()).isEqualTo(1);
            memory.add(numbered(1), END, NOW);
            assertThat(memory.version()).isEqualTo(2);
            memory.add(numbered(2), END, NOW);
            assertThat(memory.version()).isEqualTo(3);
        }

        @Test
        void staysWithWhatIsKnown() {
            memory.add(numbered(1), END, NOW);
            memory.add(numbered(1), END, NOW);
            memory.add(numbered(1).issuedBefore(NOW), END.minusSeconds(1), NOW);
            assertThat(memory.version()).isEqualTo(1);
        }

        @Test
        void staysWhenWhatIsOverIsForgotten() {
            memory.add(numbered(1), END, NOW);
            memory.sweep(END.plus(Duration.ofHours(2)));
            assertThat(memory.version()).isEqualTo(1);
        }
    }

    @Nested
    class Capacity {
        private final RevocationMemory small = new RevocationMemory(holding(2_000));

        @Test
        void isFilledToTheLastPlace() {
            fill(small, 0, 2_000, END, NOW);
            assertThat(small.isComplete(at(NOW))).isTrue();
            assertThat(small.size()).isEqualTo(2_000);
        }

        @Test
        void saysThatThereIsNoRoomAndForgetsNothingForIt() {
            fill(small, 0, 2_000, END, NOW);
            assertThat(small.add(numbered(-1), END, NOW)).isFalse();
            for (long number = 0; number < 2_000; number++) {
                assertThat(small.isHit(numbered(number), UNKNOWN, NOW)).isTrue();
            }
        }

        @Test
        void leavesTheMemoryIncompleteUntilWhatWasLostIsOver() {
            fill(small, 0, 2_000, END, NOW);
            small.add(numbered(-1), END.plusSeconds(10), NOW);
            small.add(numbered(-2), END, NOW);
            assertThat(small.isComplete(at(END.plusSeconds(9)))).isFalse();
            assertThat(small.isComplete(at(END.plusSeconds(10)))).isTrue();
        }

        @Test
        void doesNotKeepAKnownTargetFromBeingWidened() {
            fill(small, 0, 2_000, END, NOW);
            assertThat(small.add(numbered(7), END.plusSeconds(60), NOW)).isTrue();
            assertThat(small.isHit(numbered(7), UNKNOWN, END)).isTrue();
            assertThat(small.isComplete(at(NOW))).isTrue();
        }

        /** Where there is no room, nothing lingers. */
        @Test
        void isThereAgainOnceRevocationsAreOver() {
            for (int round = 0; round < 5; round++) {
                Instant start = NOW.plusSeconds(round * 60L);
                fill(small, round * 2_000L, 2_000, start.plusSeconds(60), start);
                assertThat(small.add(numbered(-1 - round), start.plusSeconds(60), start.plusSeconds(59)))
                        .isFalse();
            }
        }

        @Test
        void canBeRaisedAndLoweredWithoutForgetting() {
            fill(small, 0, 2_000, END, NOW);
            small.resize(holding(2_001));
            assertThat(small.add(numbered(2_000), END, NOW)).isTrue();
            small.resize(holding(1_000));
            assertThat(small.add(numbered(2_001), END, NOW)).isFalse();
            assertThat(small.isHit(numbered(0), UNKNOWN, NOW)).isTrue();
        }
    }

    @Nested
    class Retained {
        private final Revocation target = Revocation.client("iss", "app").retained(NOW, NOW.plus(Duration.ofDays(30)));

        private boolean isHitIssued(Instant issuedAt, Instant now) {
            return memory.isHit(target, issuedAt.getEpochSecond(), now);
        }

        private void allow(Duration clockSkew) {
            memory.resize(new RevocationLimits(2_000, HOUR, Duration.ofDays(30), clockSkew));
        }

        private void retain(Duration retention) {
            memory.resize(new RevocationLimits(2_000, retention, Duration.ofDays(30), Duration.ZERO));
        }

        /** The clock may have been slow by an hour when it arrived. */
        @Test
        void hitsForTheRetentionOfTodayAndAnHour() {
            memory.add(target, NOW, NOW);
            Instant end = NOW.plus(HOUR).plus(RevocationLimits.CLOCK_TOLERANCE);
            assertThat(isHitIssued(NOW, end.minusSeconds(1))).isTrue();
            assertThat(isHitIssued(NOW, end)).isFalse();
        }

        @Test
        void doesNotEndEarlierBecauseItArrivesAgain() {
            memory.add(target, NOW, NOW);
            Instant later = NOW.plus(HOUR).plusSeconds(1);
            memory.add(target, NOW, later);
            assertThat(isHitIssued(later, later)).isTrue();
        }

        /** What is over may apply again by a longer retention, to tokens that an issuer ahead of this clock had issued. */
        @Test
        void staysForTokensWithinTheClockSkewOnceItIsOver() {
            allow(Duration.ofSeconds(30));
            memory.add(target, NOW, NOW);
            Instant later = NOW.plus(HOUR.multipliedBy(3));
            memory.add(
                    Revocation.client("iss", "app").issuedBefore(NOW).retained(later, later.plus(HOUR)), later, later);
            assertThat(isHitIssued(NOW.plusSeconds(30), later)).isTrue();
            assertThat(isHitIssued(NOW.plusSeconds(31), later)).isFalse();
        }

        @Test
        void hitsAgainOnceTheRetentionIsLonger() {
            memory.add(target, NOW, NOW);
            memory.sweep(NOW.plus(HOUR.multipliedBy(5)));
            retain(Duration.ofHours(24));
            assertThat(isHitIssued(NOW, NOW.plus(HOUR.multipliedBy(20)))).isTrue();
            assertThat(isHitIssued(NOW, NOW.plus(HOUR.multipliedBy(25)))).isFalse();
        }

        @Test
        void addsUpWithOneThatHasAnEndOfItsOwn() {
            memory.add(target, NOW, NOW);
            Revocation ending = Revocation.client("iss", "app").issuedBefore(NOW);
            memory.add(ending, NOW.plus(HOUR.multipliedBy(3)), NOW);
            assertThat(isHitIssued(NOW, NOW)).isTrue();
            assertThat(isHitIssued(NOW.minusSeconds(1), NOW.plus(HOUR.multipliedBy(2))))
                    .isTrue();
            assertThat(isHitIssued(NOW, NOW.plus(HOUR.multipliedBy(2)))).isFalse();
            assertThat(memory.size()).isEqualTo(2);
        }

        /** A client that was shut out and let in again must not be shut out anew by a logout. */
        @Test
        void doesNotReviveWhatIsOver() {
            memory.add(target, NOW, NOW);
            Instant later = NOW.plus(HOUR.multipliedBy(2));
            memory.add(
                    Revocation.client("iss", "app").issuedBefore(NOW).retained(later, later.plus(HOUR)), later, later);
            assertThat(isHitIssued(later, later)).isFalse();
            assertThat(isHitIssued(NOW, later)).isTrue();
        }

        @Test
        void makesRoomAfterTheRetentionAndLeavesNothingUntold() {
            retain(HOUR);
            for (long number = 0; number < 2_000; number++) {
                memory.add(retained(number, NOW), NOW, NOW);
            }
            assertThat(memory.add(retained(-1, NOW), NOW, NOW)).isFalse();
            Instant later = NOW.plus(HOUR).plusSeconds(1);
            assertThat(memory.isComplete(at(later))).isTrue();
            assertThat(memory.add(retained(-2, later), later, later)).isTrue();
            retain(Duration.ofHours(24));
            assertThat(memory.mayHaveForgotten(NOW.getEpochSecond())).isTrue();
            assertThat(memory.mayHaveForgotten(NOW.getEpochSecond() + 1)).isFalse();
            assertThat(memory.mayHaveForgotten(UNKNOWN)).isFalse();
        }

        private Revocation retained(long number, Instant from) {
            return numbered(number).retained(from, from.plus(Duration.ofDays(30)));
        }

        @Test
        void forgetsNothingWhileThereIsRoom() {
            memory.add(target, NOW, NOW);
            memory.sweep(NOW.plus(Duration.ofDays(30)));
            assertThat(memory.size()).isEqualTo(1);
            memory.sweep(NOW.plus(Duration.ofDays(30)).plus(HOUR));
            assertThat(memory.size()).isZero();
        }
    }

    /** What one node hands to a store hits the same on another, whose memory mixes by another secret. */
    @ParameterizedTest
    @MethodSource("oneOfEachKind")
    void handsOnWhatHitsTheSameElsewhere(Revocation revocation) {
        memory.add(revocation.issuedBefore(NOW), END, NOW);
        memory.add(revocation.retained(NOW, END), NOW, NOW);
        RevocationMemory elsewhere = new RevocationMemory(holding(1_000));
        List<Revocation> kept = new ArrayList<>();
        for (int part = 0; part < RevocationMemory.segments(); part++) {
            kept.addAll(memory.kept(part, NOW));
        }
        assertThat(kept).hasSize(2);
        kept.forEach(each ->
                elsewhere.add(each, each.retainedFrom().or(each::forgetAt).orElseThrow(), NOW));
        for (Instant now : List.of(NOW, END, NOW.plus(HOUR))) {
            for (Instant issuedAt : List.of(NOW.minusSeconds(1), NOW)) {
                assertThat(elsewhere.isHit(revocation, issuedAt.getEpochSecond(), now))
                        .isEqualTo(memory.isHit(revocation, issuedAt.getEpochSecond(), now));
            }
        }
        assertThat(oneOfEachKind().filter(other -> elsewhere.isHit(other, UNKNOWN, NOW)))
                .containsExactly(revocation);
    }

    @ParameterizedTest
    @ValueSource(ints = {30_001, 100_000, 333_333, 1_000_000})
    void takesAtMostFortyEightBytesForEach(int count) {
        for (int number = 0; number < count; number++) {
            memory.add(numbered(number), END, NOW);
            if (number >= 30_000 && number % 997 == 0) {
                assertThat(memory.bytes()).isLessThanOrEqualTo(48L * (number + 1));
            }
        }
        assertThat(memory.bytes()).isLessThanOrEqualTo(48L * count);
    }

    /** However many there are, whoever looks up passes over a few places only. */
    @Test
    void looksAtAFewPlacesAmongAMillion() {
        fill(memory, 0, 1_000_000, END, NOW);
        long passedOver = 0;
        int longest = 0;
        for (long number = 0; number < 1_000_000; number += 7) {
            int places = memory.placesBefore(numbered(number));
            passedOver += places;
            longest = Math.max(longest, places);
        }
        assertThat(passedOver / (1_000_000 / 7.0)).isLessThan(3);
        assertThat(longest).isLessThan(200);
    }

    @Test
    void givesRoomBackWhileOthersComeIn() {
        fill(memory, 0, 200_000, END, NOW);
        Instant later = END.plus(Duration.ofHours(1));
        fill(memory, 200_000, 10_000, later.plusSeconds(60), later);
        assertThat(memory.size()).isEqualTo(10_000);
        assertThat(memory.bytes()).isLessThanOrEqualTo(64L * 10_000);
    }

    @Test
    void givesRoomBackByBeingSwept() {
        fill(memory, 0, 200_000, END, NOW);
        memory.sweep(END.plus(Duration.ofHours(1)));
        assertThat(memory.size()).isZero();
        assertThat(memory.bytes()).isLessThanOrEqualTo(100_000);
    }

    /** While tables grow and are swept under them, readers miss nothing that was taken in before they looked. */
    @Test
    void losesNothingWhileManyWriteAndRead() throws Exception {
        int writers = 4;
        int each = 25_000;
        AtomicInteger missed = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(writers + 1);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int writer = 0; writer < writers; writer++) {
                long from = (long) writer * each;
                done.add(pool.submit(() -> {
                    start.await();
                    for (long number = from; number < from + each; number++) {
                        memory.add(numbered(number), END, NOW);
                        if (!isHit(numbered(number), NOW) || !isHit(numbered(from), NOW)) {
                            missed.incrementAndGet();
                        }
                    }
                    return null;
                }));
            }
            done.add(pool.submit(() -> {
                start.await();
                for (int round = 0; round < 50; round++) {
                    memory.sweep(NOW);
                }
                return null;
            }));
            start.countDown();
            for (Future<?> task : done) {
                task.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(missed).hasValue(0);
        assertThat(memory.size()).isEqualTo(writers * each);
        assertThat(memory.version()).isEqualTo((long) writers * each);
    }
}
