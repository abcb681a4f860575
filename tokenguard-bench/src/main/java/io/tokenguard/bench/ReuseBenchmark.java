package io.tokenguard.bench;

import io.tokenguard.Reuse;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Connection;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What does it cost to use a token once more? A bearer token of about 1 000 characters, on a route that demands one scope;
 * its text is a fresh one each time, as in a real request. Beside it, in the same run: that text alone, and the SHA-256 of
 * the token, which is what a memory would cost that looks tokens up by their hash.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReuseBenchmark {
    private static final String AUDIENCE = "https://api.example.com";
    private static final int LENGTH = 1_000;

    /** What signed the token. */
    @Param({"RS256", "ES256"})
    public TestAlgorithm algorithm;

    private final Connection connection = new Connection(true, "192.0.2.7", "api.example.com", List.of());
    private TestIssuer issuer;
    private TokenGuard guard;
    private TokenGuard forgetful;
    private byte[] field;

    /** Builds guards with keys in code, so that nothing but the decision is measured. */
    @Setup(Level.Trial)
    public void start() {
        TestKey key = TestKey.generate(algorithm, "main");
        issuer = TestIssuer.builder().keys(key).start();
        guard = guard(key, Reuse.on());
        forgetful = guard(key, Reuse.off());
        field = ("Bearer " + token()).getBytes(StandardCharsets.ISO_8859_1);
        require(remembered());
        require(checkedInFull());
    }

    private TokenGuard guard(TestKey key, Reuse reuse) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .keys(new VerificationKey(
                                "main", SignatureAlgorithm.valueOf(algorithm.name()), key.publicKey()))
                        .build())
                .reuse(reuse)
                .route("/orders scope orders:read")
                .build();
    }

    private String token() {
        int room = LENGTH
                - issuer.token()
                        .audience(AUDIENCE)
                        .scope("orders:read")
                        .claim("pad", "")
                        .sign()
                        .length();
        return issuer.token()
                .audience(AUDIENCE)
                .scope("orders:read")
                .claim("pad", "x".repeat(Math.max(0, room * 3 / 4)))
                .sign();
    }

    private static void require(Decision decision) {
        if (!(decision instanceof Decision.Granted)) {
            throw new IllegalStateException("a good token was refused");
        }
    }

    /** Closes guards and issuer. */
    @TearDown(Level.Trial)
    public void stop() {
        guard.close();
        forgetful.close();
        issuer.close();
    }

    private String text() {
        return new String(field, StandardCharsets.ISO_8859_1);
    }

    private IncomingRequest request() {
        List<String> fields = List.of(text());
        return new IncomingRequest(
                "GET",
                "/orders",
                "/orders",
                name -> name.equals("Authorization") ? fields : List.of(),
                connection,
                Map.of());
    }

    /** The text of the request alone. */
    @Benchmark
    public String floorText() {
        return text();
    }

    /** The hash of the token, from its text. */
    @Benchmark
    public byte[] floorSha256() throws NoSuchAlgorithmException {
        return MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A token that is known. */
    @Benchmark
    public Decision remembered() {
        return guard.decide(request());
    }

    /** The same, on two threads. */
    @Benchmark
    @org.openjdk.jmh.annotations.Threads(2)
    public Decision rememberedByTwo() {
        return guard.decide(request());
    }

    /** A token that is not remembered. */
    @Benchmark
    public Decision checkedInFull() {
        return forgetful.decide(request());
    }
}
