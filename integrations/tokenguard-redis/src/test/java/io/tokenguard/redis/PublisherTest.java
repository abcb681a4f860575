package io.tokenguard.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.testkit.TestClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Entries that Redis rejects, and those that wait behind them. */
class PublisherTest {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Revocation GOOD = Revocation.token("https://issuer.example.com", "good");

    private final WriteBackLog log = new WriteBackLog(TestClock.startingAt(NOW), System::nanoTime, 10_000);
    private final FailureLog<Concern> failures = Concern.log();
    private final Publisher publisher = new Publisher(log, failures, "revocations");

    private static Revocation inAMinute(Revocation revocation) {
        return revocation.until(NOW.plusSeconds(60));
    }

    /** A session with a Redis that answers to all entries but that of {@link #GOOD} with an error. */
    private static RedisSession session(String error) {
        Object commands = Proxy.newProxyInstance(
                PublisherTest.class.getClassLoader(),
                new Class<?>[] {RedisClusterAsyncCommands.class},
                (proxy, method, values) -> answer((Map<?, ?>) values[1], error));
        @SuppressWarnings("unchecked")
        RedisClusterAsyncCommands<String, String> typed = (RedisClusterAsyncCommands<String, String>) commands;
        return new RedisSession(RedisClient.create(), () -> {}).over(new RedisSession.Wires(typed, typed, List::of));
    }

    private static AsyncCommand<String, String, String> answer(Map<?, ?> entry, String error) {
        AsyncCommand<String, String, String> command =
                new AsyncCommand<>(new Command<>(CommandType.XADD, new StatusOutput<>(StringCodec.UTF8)));
        if (GOOD.target().equals(entry.get("t"))) {
            command.complete("1-0");
        } else {
            command.completeExceptionally(new RedisCommandExecutionException(error));
        }
        return command;
    }

    private void addThousandAndTheGoodOne() {
        IntStream.range(0, 1_000)
                .forEach(number -> log.add(inAMinute(Revocation.token("https://issuer.example.com", "x" + number))));
        log.add(inAMinute(GOOD));
    }

    @Test
    void anEntryIsWrittenThoughAThousandBeforeItAreRejected() throws InterruptedException {
        addThousandAndTheGoodOne();
        publisher.write(session("ERR string exceeds maximum allowed size"));
        assertThat(log.waiting()).isZero();
        log.doubt();
        log.writeOwnAgain();
        assertThat(log.next(10)).containsExactly(inAMinute(GOOD));
        assertThat(failures.mostSerious(Concern::isOfRevocations)).contains(Failure.ENTRY_REJECTED.words());
    }

    @Test
    void allWaitInTheirOrderWhileRedisTakesNoWrites() throws InterruptedException {
        addThousandAndTheGoodOne();
        publisher.write(session("OOM command not allowed when used memory > 'maxmemory'."));
        assertThat(log.waiting()).isEqualTo(1_001);
        assertThat(failures.mostSerious(Concern::isOfRevocations)).contains(Failure.FULL.words());
    }
}
