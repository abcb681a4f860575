package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.config.ClientAuthentication;
import io.tokenguard.config.Introspection;
import io.tokenguard.testkit.TestIssuer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an opaque token cost whose answer is remembered, and one of which it is remembered that it is not active? The
 * clock stands still, so that the issuer is asked once about each.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class IntrospectionBenchmark {
    private TestIssuer issuer;
    private TokenGuard guard;
    private IncomingRequest good;
    private IncomingRequest bad;

    /** Starts an issuer, and asks it about two tokens. */
    @Setup
    public void open() {
        Clock clock = Clock.fixed(Instant.now(), ZoneOffset.UTC);
        issuer = TestIssuer.builder().clock(clock).start();
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .introspection(Introspection.at(issuer.introspectionUri(), ClientAuthentication.none()))
                        .build())
                .clock(clock)
                .route("/orders scope orders:read")
                .build();
        good = request(issuer.introspection()
                .opaque(issuer.token().scope("orders:read").expiresIn(Duration.ofHours(1))));
        bad = request("stranger");
        if (!(remembered() instanceof Decision.Granted) || !(inactive() instanceof Decision.Refused)) {
            throw new IllegalStateException("The issuer does not answer as it should");
        }
    }

    private static IncomingRequest request(String token) {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build();
    }

    /** Ends the issuer. */
    @TearDown
    public void close() {
        guard.close();
        issuer.close();
    }

    /** A whole decision about a token whose answer is remembered. */
    @Benchmark
    public Decision remembered() {
        return guard.decide(good);
    }

    /** A whole refusal of a token of which it is remembered that it is not active. */
    @Benchmark
    public Decision inactive() {
        return guard.decide(bad);
    }
}
