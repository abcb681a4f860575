package io.tokenguard.bench;

import io.tokenguard.internal.possession.InMemoryReplayStore;
import io.tokenguard.spi.ReplayStore;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What does it cost to remember a proof while a million others are live? Growing is part of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class ReplayBenchmark {
    private static final int LIVE = 1_000_000;
    private static final int INSERTS = 100_000;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final byte[][] proofs = new byte[INSERTS][];
    private InMemoryReplayStore store;

    /** Fills the memory. */
    @Setup(Level.Iteration)
    public void fill() {
        store = new InMemoryReplayStore(Clock.fixed(NOW, ZoneOffset.UTC), LIVE + INSERTS);
        for (int i = 0; i < LIVE; i++) {
            store.use(proof(i), NOW, NOW.plusSeconds(60));
        }
        for (int i = 0; i < INSERTS; i++) {
            proofs[i] = proof(LIVE + i);
        }
    }

    /** Stands for a hash: spread over all bits. */
    private static byte[] proof(long number) {
        long spread = number * 0x9E3779B97F4A7C15L;
        return ByteBuffer.allocate(32)
                .putLong(spread)
                .putLong(spread ^ (spread >>> 29))
                .array();
    }

    /** Remembers proofs that are new. */
    @Benchmark
    @OperationsPerInvocation(INSERTS)
    public void insert(Blackhole sink) {
        for (byte[] proof : proofs) {
            sink.consume(store.use(proof, NOW, NOW.plusSeconds(60)) == ReplayStore.Use.FIRST);
        }
    }
}
