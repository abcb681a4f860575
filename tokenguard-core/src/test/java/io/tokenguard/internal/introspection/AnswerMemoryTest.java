package io.tokenguard.internal.introspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SubjectKind;
import io.tokenguard.testkit.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswerMemoryTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final TokenHash HASH = TokenHash.of(new byte[32], "token");

    private final TestClock clock = TestClock.startingAt(NOW);
    private final AnswerMemory memory = new AnswerMemory(clock);

    private static IntrospectionResult good(long order, int seconds) {
        AccessToken token = new AccessToken(
                "issuer", Optional.empty(), Optional.empty(), SubjectKind.CLIENT, Set.of(), Set.of(), NOW, Map.of());
        return new IntrospectionResult(token, null, NOW.plusSeconds(seconds), order, 512);
    }

    private static IntrospectionResult bad(long order, int seconds) {
        return new IntrospectionResult(
                null, new RefusedException(RefusalReason.TOKEN_INACTIVE), NOW.plusSeconds(seconds), order, 512);
    }

    @Test
    void keepsTheNewestOfSeveralInWhateverOrderTheyCome() {
        IntrospectionResult newest = bad(2, 10);
        memory.remember(HASH, newest);
        memory.remember(HASH, good(1, 15));
        assertThat(memory.find(HASH)).isSameAs(newest);
        clock.advance(Duration.ofSeconds(10));
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void letsNoOlderOneOutliveANewerOne() {
        memory.remember(HASH, good(1, 15));
        memory.remember(HASH, bad(2, 10));
        clock.advance(Duration.ofSeconds(10));
        assertThat(memory.find(HASH)).isNull();
    }

    @Test
    void forgetsWhatANewerOneThatIsNotRememberedHasReplaced() {
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
}
