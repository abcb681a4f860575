package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerMemoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final TokenHash HASH = TokenHash.of(new byte[32], "token");

    private final TestClock clock = TestClock.startingAt(NOW);
    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5_000_000_000L);
    private final AnswerMemory memory = memory(Duration.ZERO);

    private AnswerMemory memory(Duration grace) {
        return new AnswerMemory(
                new CallLimits(32, 512, Duration.ofSeconds(1), Duration.ofSeconds(15), grace), clock, nanoTime::get);
    }

    private void advance(Duration time) {
        clock.advance(time);
        nanoTime.addAndGet(time.toNanos());
    }

    private long in(int seconds) {
        return nanoTime.get() + Duration.ofSeconds(seconds).toNanos();
    }

    private IntrospectionResult good(long order, int seconds) {
        return good(order, seconds, NOW.plusSeconds(3600));
    }

    private IntrospectionResult good(long order, int seconds, Instant end) {
        AccessToken token = AccessToken.builder("issuer").expiresAt(end).build();
        return new IntrospectionResult(token, null, in(seconds), order, 512, () -> false);
    }

    private IntrospectionResult bad(long order, int seconds) {
        return new IntrospectionResult(
                null, new RefusedException(RefusalReason.TOKEN_INACTIVE), in(seconds), order, 512, () -> false);
    }

    @Test
    void keepsTheNewestOfSeveralInWhateverOrderTheyCome() {
        IntrospectionResult newest = bad(2, 10);
        memory.remember(HASH, newest);
        memory.remember(HASH, good(1, 15));
        assertThat(memory.find(HASH)).isSameAs(newest);
        advance(Duration.ofSeconds(10));
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void letsNoOlderOneOutliveANewerOne() {
        memory.remember(HASH, good(1, 15));
        memory.remember(HASH, bad(2, 10));
        advance(Duration.ofSeconds(10));
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void dropsWhatANewerOneThatIsNotCachedHasReplaced() {
        memory.remember(HASH, good(1, 15));
        memory.remember(HASH, good(2, 0));
        assertThat(memory.find(HASH)).isNull();
        memory.remember(HASH, bad(3, 10));
        memory.remember(HASH, good(4, 0));
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void keepsNoMoreBadOnesThanItsBound() {
        IntrospectionResult known = good(1, 15);
        memory.remember(HASH, known);
        for (int i = 0; i < 50_000; i++) {
            memory.remember(TokenHash.of(new byte[32], "stranger" + i), bad(i, 10));
        }
        assertThat(memory.find(HASH)).isSameAs(known);
        assertThat(memory.badOnes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void tellsTheSameTokenOfTwoConfigurationsApart() {
        byte[] other = new byte[32];
        other[0] = 1;
        assertThat(TokenHash.of(other, "token")).isNotEqualTo(HASH);
        assertThat(TokenHash.of(new byte[32], "token")).isEqualTo(HASH);
        assertThat(HASH.toString()).isEqualTo("TokenHash[not shown]");
    }

    @ParameterizedTest
    @ValueSource(ints = {-3600, 3600})
    void usesAResultForItsTimeThoughTheClockJumps(int seconds) {
        memory.remember(HASH, good(1, 15, NOW.plusSeconds(7200)));
        clock.advance(Duration.ofSeconds(seconds));
        nanoTime.addAndGet(Duration.ofMillis(14_999).toNanos());
        assertThat(memory.find(HASH)).isNotNull();
        nanoTime.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void usesNoTokenPastItsExpiryNotEvenInAnOutage() {
        AnswerMemory lenient = memory(Duration.ofMinutes(10));
        lenient.remember(HASH, good(1, 15, NOW.plusSeconds(5)));
        advance(Duration.ofMillis(4_999));
        assertThat(lenient.find(HASH)).isNotNull();
        advance(Duration.ofMillis(1));
        assertThat(lenient.find(HASH)).isNull();
        assertThat(lenient.findInOutage(HASH)).isNull();
    }

    @Test
    void usesActiveResultsForTheGraceInAnOutageAndOthersForNone() {
        AnswerMemory lenient = memory(Duration.ofSeconds(30));
        TokenHash other = TokenHash.of(new byte[32], "other");
        lenient.remember(HASH, good(1, 15));
        lenient.remember(other, bad(2, 10));
        advance(Duration.ofMillis(44_999));
        assertThat(lenient.find(HASH)).isNull();
        assertThat(lenient.findInOutage(HASH)).isNotNull();
        assertThat(lenient.findInOutage(other)).isNull();
        advance(Duration.ofMillis(1));
        assertThat(lenient.findInOutage(HASH)).isNull();
    }

    @Test
    void usesNoOlderActiveResultInAnOutageOnceANewerOneWasBad() {
        AnswerMemory lenient = memory(Duration.ofSeconds(30));
        lenient.remember(HASH, good(1, 15));
        lenient.remember(HASH, bad(2, 10));
        advance(Duration.ofSeconds(12));
        assertThat(lenient.findInOutage(HASH)).isNull();
    }

    @Test
    void knowsForFiveMinutesLongerWhichTokensWereActive() {
        memory.remember(HASH, good(1, 15));
        nanoTime.addAndGet(Duration.ofSeconds(314).toNanos());
        assertThat(memory.wasActive(HASH)).isTrue();
        nanoTime.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(memory.wasActive(HASH)).isFalse();
    }

    @Test
    void countsNoTokenAsActiveThatIsNotAnyMore() {
        memory.remember(HASH, good(1, 15));
        memory.remember(HASH, bad(2, 10));
        assertThat(memory.wasActive(HASH)).isFalse();
    }

    @Test
    void knowsNoMoreActiveTokensThanItsBound() {
        RecentTokens recent = new RecentTokens(Duration.ofMinutes(5), nanoTime::get);
        for (int i = 0; i < 120_000; i++) {
            recent.add(new TokenHash(i, i, i, i));
        }
        assertThat(recent.size()).isLessThanOrEqualTo(50_000);
    }
}
