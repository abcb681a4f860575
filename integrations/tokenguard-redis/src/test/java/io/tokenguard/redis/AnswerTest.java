package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How long an answer is waited for. */
class AnswerTest {
    private static final Duration LIMIT = Duration.ofMillis(250);

    /** Arrives in a later part of the wait; a part ends late if the process pauses, and no clock says so here. */
    private static final class Late extends CompletableFuture<String> {
        private final int parts;
        private int waited;
        private long longest;

        private Late(int parts) {
            this.parts = parts;
        }

        @Override
        public String get(long time, TimeUnit unit) throws TimeoutException {
            longest = Math.max(longest, unit.toNanos(time));
            if (waited++ < parts) {
                throw new TimeoutException();
            }
            complete("OK");
            return "OK";
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void aPauseOfTheProcessIsOnePartOfTheWait(int pauses) throws InterruptedException {
        Late answer = new Late(pauses);
        assertThat(Answer.within(LIMIT, answer)).isEqualTo("OK");
        assertThat(answer.longest).isEqualTo(LIMIT.toNanos() / 10);
    }

    @Test
    void theWaitEndsAfterItsParts() {
        Late answer = new Late(10);
        assertThatThrownBy(() -> Answer.within(LIMIT, answer)).isInstanceOf(RedisException.class);
        assertThat(answer).isCancelled();
    }

    @Test
    void anErrorEndsTheWaitAtOnce() {
        CompletableFuture<String> answer = CompletableFuture.failedFuture(new IllegalStateException("OOM"));
        assertThatThrownBy(() -> Answer.within(LIMIT, answer))
                .isInstanceOf(RedisException.class)
                .hasRootCauseMessage("OOM");
    }
}
