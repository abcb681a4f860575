package io.tokenguard.bench;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.RefusedException;
import io.tokenguard.bench.peer.Admission;
import io.tokenguard.bench.peer.DecidingGuard;
import io.tokenguard.bench.peer.SpringPeer;
import io.tokenguard.bench.peer.ValidatingGuard;
import io.tokenguard.bench.token.Crowd;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenFields;
import io.tokenguard.bench.token.TokenMint;
import io.tokenguard.bench.token.TokenStock;
import io.tokenguard.config.TokenCache;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
 * What does it cost to use a token once more? Bearer tokens, on a route that demands one scope; the text is a fresh one each
 * time, as in a real request. Beside it, in the same run: that text alone; the SHA-256 of the token, which is what a memory
 * would cost that looks tokens up by their hash; a look-up of the text in a cache, which is what a memory would cost that
 * keeps the tokens themselves; and Spring Security, which validates in full each time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReuseBenchmark {
    /** Raised for as many tokens, as anyone would. */
    private static final TokenCache LARGE =
            TokenCache.on().maxEntries(1_000_000).maxBytes(1L << 32);

    private int turn;

    /** Threads begin far from each other, so that none finds in the processor's cache what another has just fetched. */
    @Setup
    public void begin(ThreadParams thread) {
        turn = thread.getThreadIndex() * 350_003;
    }

    /** The tokens that come. */
    @State(Scope.Benchmark)
    public static class Arrivals {
        /** What signed the tokens. */
        @Param({"RS256", "ES256"})
        public SigningAlgorithm algorithm;

        /** How many there are, and how they are drawn. */
        @Param
        public Crowd crowd;

        private TokenMint mint;
        private TokenFields fields;

        /** Mints. */
        @Setup
        public void mint() {
            TokenStock stock = TokenStock.of(algorithm, crowd.tokens());
            mint = stock.mint();
            fields = new TokenFields(stock.tokens(), crowd.order());
        }

        private void showAll(Consumer<String> viewer) {
            IntStream.range(0, fields.size())
                    .parallel()
                    .mapToObj(fields::fieldOf)
                    .forEach(viewer);
        }
    }

    /** A guard that remembers all tokens, and has seen each. */
    @State(Scope.Benchmark)
    public static class Deciding {
        private DecidingGuard guard;

        /** Shows each token once. */
        @Setup
        public void open(Arrivals arrivals) {
            guard = Admission.admit(new DecidingGuard(arrivals.mint.trust(), LARGE), arrivals.mint);
            arrivals.showAll(field -> DecidingGuard.granted(guard.decide(field)));
        }

        /** Closes the guard. */
        @TearDown
        public void close() {
            guard.close();
        }
    }

    /** The same for tokens alone. */
    @State(Scope.Benchmark)
    public static class Validating {
        private ValidatingGuard guard;

        /** Shows each token once. */
        @Setup
        public void open(Arrivals arrivals) {
            guard = Admission.admit(new ValidatingGuard(arrivals.mint.trust(), LARGE), arrivals.mint);
            arrivals.showAll(field -> {
                if (!guard.accepts(field.substring(field.indexOf(' ') + 1))) {
                    throw new IllegalStateException("a good token was refused");
                }
            });
        }

        /** Closes the guard. */
        @TearDown
        public void close() {
            guard.close();
        }
    }

    /** What forgets each token at once. */
    @State(Scope.Benchmark)
    public static class Forgetful {
        private DecidingGuard guard;
        private SpringPeer spring;

        /** Tries them. */
        @Setup
        public void open(Arrivals arrivals) {
            guard = Admission.admit(new DecidingGuard(arrivals.mint.trust(), TokenCache.off()), arrivals.mint);
            spring = Admission.admit(new SpringPeer(arrivals.mint.trust()), arrivals.mint);
        }

        /** Closes the guard. */
        @TearDown
        public void close() {
            guard.close();
        }
    }

    /** A cache of texts. */
    @State(Scope.Benchmark)
    public static class Texts {
        private final Cache<String, Integer> cache =
                Caffeine.newBuilder().maximumSize(1_000_000).build();

        /** Fills it. */
        @Setup
        public void fill(Arrivals arrivals) {
            for (int i = 0; i < arrivals.fields.size(); i++) {
                cache.put(arrivals.fields.fieldOf(i), i);
            }
        }
    }

    /** The text of the request alone. */
    @Benchmark
    public String floorText(Arrivals arrivals) {
        return arrivals.fields.field(turn++);
    }

    /** The hash of the token, from its text. */
    @Benchmark
    public byte[] floorSha256(Arrivals arrivals) throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256")
                .digest(arrivals.fields.field(turn++).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The text, looked up as it is. */
    @Benchmark
    public Integer floorCaffeine(Arrivals arrivals, Texts texts) {
        return texts.cache.getIfPresent(arrivals.fields.field(turn++));
    }

    /** A request whose token is known. */
    @Benchmark
    public Decision remembered(Arrivals arrivals, Deciding deciding) {
        return deciding.guard.decide(arrivals.fields.field(turn++));
    }

    /** The same, on two threads. */
    @Benchmark
    @Threads(2)
    public Decision rememberedByTwo(Arrivals arrivals, Deciding deciding) {
        return deciding.guard.decide(arrivals.fields.field(turn++));
    }

    /** A token alone that is known. */
    @Benchmark
    public AccessToken rememberedToken(Arrivals arrivals, Validating validating) throws RefusedException {
        return validating.guard.validate(arrivals.fields.token(turn++));
    }

    /** A request whose token is not remembered. */
    @Benchmark
    public Decision checkedInFull(Arrivals arrivals, Forgetful forgetful) {
        return forgetful.guard.decide(arrivals.fields.field(turn++));
    }

    /** The token in Spring Security's decoder, which remembers none. */
    @Benchmark
    public Object spring(Arrivals arrivals, Forgetful forgetful) {
        return forgetful.spring.validate(arrivals.fields.token(turn++));
    }
}
