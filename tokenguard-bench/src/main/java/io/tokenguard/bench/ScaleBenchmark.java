package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.Decision;
import io.tokenguard.access.Revocation;
import io.tokenguard.bench.peer.DecidingGuard;
import io.tokenguard.bench.peer.GuardSettings;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenFields;
import io.tokenguard.bench.token.TokenMint;
import io.tokenguard.bench.token.TokenStock;
import io.tokenguard.bench.token.TurnOrder;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.TokenCache;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.ThreadParams;

/**
 * Does a decision on a remembered token cost more where there are many issuers, revocations or tokens?
 *
 * <p>The work is the same however many there are; the memory it touches is not. {@link #hot} uses 64 tokens only, whose
 * entries stay in the processor's caches: growth there is growth of the work. {@link #any} uses all of them, none more often
 * than the others: of more than some thousands, entry and token come from main memory, which takes some hundred nanoseconds
 * for each line that is fetched. {@link #anyText} shows how much of that is the text of the request itself, which in life has
 * just been written by the network. Real traffic lies between the two.
 *
 * <p>A million tokens take minutes to mint and some gigabytes of heap.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsPrepend = "-Xmx12g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScaleBenchmark {
    private static final int HOT = 64;

    private int turn;

    /** A guard that has seen all tokens. */
    @State(Scope.Benchmark)
    public static class World {
        /** How many issuers are trusted. */
        @Param({"1", "10", "10000"})
        public int issuers;

        /** How many tokens of others are revoked. */
        @Param({"0", "1000000"})
        public int revocations;

        /** How many tokens are remembered. */
        @Param({"1000", "100000", "1000000"})
        public int remembered;

        private DecidingGuard guard;
        private TokenFields any;
        private TokenFields hot;

        /** Mints, revokes, and shows each token once. */
        @Setup
        public void open() {
            TokenStock stock = TokenStock.of(SigningAlgorithm.ES256, remembered, issuers);
            guard = new DecidingGuard(guard(stock.mint()));
            any = new TokenFields(stock.tokens(), TurnOrder.uniform(remembered));
            hot = new TokenFields(stock.tokens().subList(0, HOT), TurnOrder.uniform(HOT));
            IntStream.range(0, remembered)
                    .parallel()
                    .forEach(number -> DecidingGuard.granted(guard.decide(any.fieldOf(number))));
        }

        private TokenGuard guard(TokenMint mint) {
            TokenCache tokenCache = TokenCache.on().maxEntries(2_000_000).maxBytes(1L << 34);
            TokenGuardBuilder settings = GuardSettings.builder(tokenCache, CryptoProvider.quickest())
                    .revocations(Revocations.local().capacity(2_000_000));
            IntStream.range(0, issuers)
                    .forEach(number -> settings.issuer(GuardSettings.issuer(mint.issuer(number), mint.trust())));
            TokenGuard built = settings.build();
            IntStream.range(0, revocations)
                    .forEach(
                            number -> built.revoke(Revocation.token(mint.issuer(number % issuers), "other-" + number)));
            return built;
        }

        /** Closes the guard. */
        @TearDown
        public void close() {
            guard.close();
        }
    }

    /** Threads begin far from each other. */
    @Setup
    public void begin(ThreadParams thread) {
        turn = thread.getThreadIndex() * 350_003;
    }

    /** One of a few tokens. */
    @Benchmark
    public Decision hot(World world) {
        return world.guard.decide(world.hot.field(turn++));
    }

    /** The same, on two threads. */
    @Benchmark
    @Threads(2)
    public Decision hotByTwo(World world) {
        return world.guard.decide(world.hot.field(turn++));
    }

    /** Any token. */
    @Benchmark
    public Decision any(World world) {
        return world.guard.decide(world.any.field(turn++));
    }

    /** The same, on two threads. */
    @Benchmark
    @Threads(2)
    public Decision anyByTwo(World world) {
        return world.guard.decide(world.any.field(turn++));
    }

    /** The text of any token alone. */
    @Benchmark
    public String anyText(World world) {
        return world.any.field(turn++);
    }
}
