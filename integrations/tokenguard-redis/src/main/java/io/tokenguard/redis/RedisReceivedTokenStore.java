package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.SharedState.ReceivedTokenStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The logout tokens and event tokens that any node has processed, one key each, until they expire. Thread-safe. A call takes
 * at most 250 ms, and returns at once while Redis is unreachable.
 */
final class RedisReceivedTokenStore implements ReceivedTokenStore {
    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Link link;
    private final KeyLayout keys;
    private final FailureLog<Concern> failures;
    private final Clock clock;

    RedisReceivedTokenStore(Link link, RedisParts parts) {
        this.link = link;
        this.keys = parts.keys();
        this.failures = parts.failures();
        this.clock = parts.clock();
    }

    @Override
    public boolean contains(byte[] token) {
        return ask(session -> session.commands().get(keys.received(token))) != null;
    }

    @Override
    public void add(byte[] token, Instant forgetAt) {
        Duration life = Duration.between(clock.instant(), forgetAt).plus(GRACE);
        if (life.compareTo(Duration.ZERO) > 0) {
            SetArgs expiring = SetArgs.Builder.px(life);
            String unused = ask(session -> session.commands().set(keys.received(token), "1", expiring));
        }
    }

    /** The answer; null if there is none in time. */
    private <T> @Nullable T ask(Function<RedisSession, CompletionStage<T>> question) {
        RedisSession session = link.session();
        if (session == null || !link.takesProofs()) {
            return null;
        }
        try {
            return Answer.within(RedisReplayStore.USUAL_LIMIT, question.apply(session));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (RedisException failure) {
            failures.begin(Concern.WRITING, Failure.of(failure));
            return null;
        }
    }
}
