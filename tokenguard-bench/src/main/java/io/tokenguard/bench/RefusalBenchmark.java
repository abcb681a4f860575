package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.util.List;
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

/** What does it cost to refuse? Each kind of bad token, beside a good one in the same run. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RefusalBenchmark {
    private static final String AUDIENCE = "https://api.example.com";
    private static final int LONGEST = 16_384;

    /** What the request carries. */
    @Param
    public Kind kind;

    private TestIssuer issuer;
    private TokenGuard guard;
    private IncomingRequest request;

    /** Kinds of credentials; all but the first are refused. */
    public enum Kind {
        GOOD,
        NO_CREDENTIALS,
        SYNTAX,
        TOO_LARGE,
        DOTS,
        NOT_BASE64URL,
        HEADER_CRIT,
        HEADER_DEEP,
        ALGORITHM_NONE,
        DEEP_PAYLOAD,
        MANY_MEMBERS,
        LONG_NUMBER,
        LONG_ESCAPED_TEXT,
        ISSUER_UNKNOWN,
        KEY_UNKNOWN,
        SIGNATURE_BAD,
        EXPIRED
    }

    /** Builds a guard with keys in code, so that nothing but the decision is measured. */
    @Setup(Level.Trial)
    public void start() {
        TestKey key = TestKey.generate(TestAlgorithm.RS256, "main");
        issuer = TestIssuer.builder().keys(key).start();
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .keys(new VerificationKey("main", SignatureAlgorithm.RS256, key.publicKey()))
                        .build())
                .route("/orders scope orders:read")
                .build();
        request = request(credentials());
        requireOutcome();
    }

    /** Closes guard and issuer. */
    @TearDown(Level.Trial)
    public void stop() {
        guard.close();
        issuer.close();
    }

    /** One decision. */
    @Benchmark
    public Decision decide() {
        return guard.decide(request);
    }

    private void requireOutcome() {
        boolean isGranted = guard.decide(request) instanceof Decision.Granted;
        if (isGranted != (kind == Kind.GOOD)) {
            throw new IllegalStateException(kind + " had the wrong outcome");
        }
    }

    private static IncomingRequest request(String credentials) {
        IncomingRequest.Builder request =
                IncomingRequest.builder("GET", "/orders").overTls();
        return credentials.isEmpty()
                ? request.build()
                : request.header("Authorization", credentials).build();
    }

    private String credentials() {
        return switch (kind) {
            case NO_CREDENTIALS -> "";
            case SYNTAX -> "Bearer " + "a".repeat(LONGEST - 2) + " b";
            default -> "Bearer " + token();
        };
    }

    private String token() {
        String good = issuer.token().scope("orders:read").sign();
        return switch (kind) {
            case TOO_LARGE -> "a".repeat(1 << 20);
            case DOTS -> ".".repeat(LONGEST);
            case NOT_BASE64URL -> good.substring(0, good.length() - 1) + "=";
            case HEADER_CRIT -> issuer.token().header("crit", List.of("exp")).sign();
            case HEADER_DEEP -> issuer.token().rawHeader("[".repeat(3_000)).sign();
            case ALGORITHM_NONE -> issuer.token().unsigned("none");
            case DEEP_PAYLOAD ->
                issuer.token().rawPayload("{\"a\":" + "[".repeat(11_000)).sign();
            case MANY_MEMBERS -> issuer.token().rawPayload(members()).sign();
            case LONG_NUMBER ->
                issuer.token()
                        .rawPayload("{\"exp\":" + "9".repeat(11_000) + "}")
                        .sign();
            case LONG_ESCAPED_TEXT ->
                issuer.token()
                        .rawPayload("{\"a\":\"" + "\\u0041".repeat(1_360) + "\",\"b\":1,\"b\":1}")
                        .sign();
            case ISSUER_UNKNOWN ->
                issuer.token().issuer("https://elsewhere.example").sign();
            case KEY_UNKNOWN -> issuer.token().header("kid", "unknown").sign();
            case SIGNATURE_BAD -> CompactToken.parse(good).flipBit(900).compact();
            case EXPIRED -> issuer.token().expiresAt(java.time.Instant.EPOCH).sign();
            default -> good;
        };
    }

    /** As many members as fit, with names that collide in {@code String.hashCode}. */
    private static String members() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 800; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 10; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            json.append(i == 0 ? "" : ",").append('"').append(name).append("\":1");
        }
        return json.append('}').substring(0, Math.min(json.length(), 11_000));
    }
}
