package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.tokenguard.internal.store.Breaker;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.SharedState.RequestCountStore;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * The requests of all nodes, one key for each bucket that is not empty, by one script a request. Thread-safe. A call returns at
 * once while Redis is unreachable or does not answer.
 */
final class RedisRequestCounts implements RequestCountStore {
    private final Link link;
    private final KeyLayout keys;
    private final FailureLog<Concern> failures;
    private final Breaker breaker = new Breaker();

    RedisRequestCounts(Link link, RedisParts parts) {
        this.link = link;
        this.keys = parts.keys();
        this.failures = parts.failures();
    }

    @Override
    public Optional<List<Double>> count(List<Bucket> buckets, Duration limit) {
        link.requestsWait(limit);
        RedisSession session = link.session();
        if (session == null || !link.takesProofs() || !breaker.isClosed(link.quickAt())) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            Optional<List<Double>> held = CountScript.read(Answer.within(limit, run(session, buckets)), buckets.size());
            breaker.succeeded();
            failures.end(Concern.LIMITS);
            return held;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (RedisException failure) {
            failures.begin(Concern.LIMITS, Failure.of(failure));
            if (breaker.missed(start, System.nanoTime(), link.quickAt())) {
                link.wakeForProbe();
            }
            return Optional.empty();
        }
    }

    private CompletionStage<List<Object>> run(RedisSession session, List<Bucket> buckets) {
        String[] names =
                buckets.stream().map(bucket -> keys.requests(bucket.name())).toArray(String[]::new);
        String[] arguments =
                buckets.stream().flatMap(RedisRequestCounts::arguments).toArray(String[]::new);
        return session.commands().eval(CountScript.TEXT, ScriptOutputType.MULTI, names, arguments);
    }

    private static Stream<String> arguments(Bucket bucket) {
        return Stream.of(
                Double.toString(bucket.perSecond()),
                Long.toString(bucket.capacity()),
                Long.toString(bucket.cost()),
                bucket.isRequired() ? "1" : "0");
    }
}
