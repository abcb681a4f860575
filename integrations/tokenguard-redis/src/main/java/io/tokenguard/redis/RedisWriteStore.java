package io.tokenguard.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.SetArgs;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import io.tokenguard.internal.store.Breaker;
import io.tokenguard.internal.store.FailureLog;
import io.tokenguard.spi.SharedState.WriteStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The writes of all nodes, one key each, until they end. A call takes at most 500 ms, and returns at once while Redis is
 * unreachable or does not answer. Thread-safe.
 */
final class RedisWriteStore implements WriteStore {
    private static final Duration LIMIT = Duration.ofMillis(500);

    /** Other nodes' clocks may be behind this one's. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private static final String OWNER = "owner:";
    private static final String RECORD = "record:";

    /** Replaces what a claim wrote, or nothing. */
    private static final String FINISH = "local held = redis.call('get', KEYS[1])"
            + " if held == false or held == ARGV[1] then"
            + " redis.call('set', KEYS[1], ARGV[2], 'px', ARGV[3]) return 1 end return 0";

    private static final String RELEASE =
            "if redis.call('get', KEYS[1]) == ARGV[1] then" + " redis.call('del', KEYS[1]) return 1 end return 0";

    private final Link link;
    private final KeyLayout keys;
    private final FailureLog<Concern> failures;
    private final Clock clock;
    private final Breaker breaker = new Breaker();

    RedisWriteStore(Link link, RedisParts parts) {
        this.link = link;
        this.keys = parts.keys();
        this.failures = parts.failures();
        this.clock = parts.clock();
    }

    /** An answer of Redis, which may be nothing. */
    private record Found<T>(@Nullable T value) {}

    @Override
    public Claimed claim(Claim claim) {
        String key = keys.write(claim.key());
        SetArgs once = SetArgs.Builder.nx().px(life(claim.until()));
        Found<String> set = ask(session -> session.commands().set(key, owner(claim), once));
        if (set == null) {
            releaseLate(claim);
            return Claimed.of(State.UNKNOWN);
        }
        if (set.value() != null) {
            return Claimed.of(State.FIRST);
        }
        Found<String> held = ask(session -> read(session, key));
        if (held == null) {
            return Claimed.of(State.UNKNOWN);
        }
        String value = held.value();
        return value != null && value.startsWith(RECORD)
                ? new Claimed(State.DONE, value.substring(RECORD.length()))
                : Claimed.of(State.RUNNING);
    }

    /** The connection cuts texts that are longer than most of TokenGuard's. */
    private static CompletionStage<String> read(RedisSession session, String key) {
        return session.commands()
                .dispatch(
                        CommandType.GET,
                        new ValueOutput<>(StringCodec.UTF8),
                        new CommandArgs<>(StringCodec.UTF8).addKey(key));
    }

    @Override
    public boolean finish(Claim claim, String record, Instant forgetAt) {
        String[] names = {keys.write(claim.key())};
        String millis = Long.toString(life(forgetAt).toMillis());
        Found<Long> stored = ask(session -> session.commands()
                .eval(FINISH, ScriptOutputType.INTEGER, names, owner(claim), RECORD + record, millis));
        return stored != null && Long.valueOf(1).equals(stored.value());
    }

    @Override
    public void release(Claim claim) {
        String[] names = {keys.write(claim.key())};
        Found<Long> unused =
                ask(session -> session.commands().eval(RELEASE, ScriptOutputType.INTEGER, names, owner(claim)));
    }

    /** The claim may be written later, and before this. */
    private void releaseLate(Claim claim) {
        RedisSession session = link.session();
        if (session != null) {
            String[] names = {keys.write(claim.key())};
            CompletionStage<Long> unused =
                    session.commands().eval(RELEASE, ScriptOutputType.INTEGER, names, owner(claim));
        }
    }

    private static String owner(Claim claim) {
        return OWNER + claim.owner();
    }

    private Duration life(Instant end) {
        Duration life = Duration.between(clock.instant(), end);
        return life.isNegative() ? GRACE : life.plus(GRACE);
    }

    /** The answer; null if there is none in time. */
    private <T> @Nullable Found<T> ask(Function<RedisSession, CompletionStage<T>> question) {
        RedisSession session = link.session();
        if (session == null || !link.takesProofs() || !breaker.isClosed(link.quickAt())) {
            return null;
        }
        long start = System.nanoTime();
        try {
            Found<T> found = new Found<>(Answer.within(LIMIT, question.apply(session)));
            breaker.succeeded();
            failures.end(Concern.WRITES);
            return found;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (RedisException failure) {
            failures.begin(Concern.WRITES, Failure.of(failure));
            if (breaker.missed(start, System.nanoTime(), link.quickAt())) {
                link.wakeForProbe();
            }
            return null;
        }
    }
}
