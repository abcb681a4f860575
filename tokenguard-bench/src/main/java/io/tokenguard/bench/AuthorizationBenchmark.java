package io.tokenguard.bench;

import io.tokenguard.access.AccessRequirement;
import io.tokenguard.access.Decision;
import io.tokenguard.bench.peer.DecidingGuard;
import io.tokenguard.bench.token.SigningAlgorithm;
import io.tokenguard.bench.token.TokenFields;
import io.tokenguard.bench.token.TokenMint;
import io.tokenguard.bench.token.TurnOrder;
import io.tokenguard.config.TokenCache;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does each kind of requirement add to a decision on a remembered token? The floor in the same run is
 * {@link Demand#AUTHENTICATED}, which demands a good token only. Refusing by a requirement is measured beside.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuthorizationBenchmark {
    /** What the route demands. */
    @Param
    public Demand demand;

    private DecidingGuard guard;
    private TokenFields fields;
    private AccessRequirement met;
    private AccessRequirement unmet;

    /** Shows the token once, and makes sure that the requirement tells tokens apart. */
    @Setup
    public void open() {
        TokenMint mint = TokenMint.of(SigningAlgorithm.ES256);
        fields = new TokenFields(List.of(mint.token(0)), TurnOrder.inTurn(1));
        guard = new DecidingGuard(mint.trust(), TokenCache.on());
        met = demand.met();
        unmet = demand.unmet();
        DecidingGuard.granted(granted());
        if (refused() instanceof Decision.Granted) {
            throw new IllegalStateException(demand + " is met by anything");
        }
    }

    /** Closes the guard. */
    @TearDown
    public void close() {
        guard.close();
    }

    /** The requirement is met. */
    @Benchmark
    public Decision granted() {
        return guard.decide(fields.field(0), met);
    }

    /** It is not. */
    @Benchmark
    public Decision refused() {
        return guard.decide(fields.field(0), unmet);
    }
}
