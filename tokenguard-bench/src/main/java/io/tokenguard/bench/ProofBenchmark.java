package io.tokenguard.bench;

import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.config.Dpop;
import io.tokenguard.internal.jose.SignatureEngine;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.CompactToken;
import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a decision with a proof cost, beside the bare verification of that proof and of its token? The store takes the
 * same proof again and again, for what remembering costs is measured elsewhere.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ProofBenchmark {
    private static final String TARGET = "https://api.example.com/orders";
    /** More than one iteration uses. */
    private static final int PROOFS = 40_000;

    private TestIssuer issuer;
    private TokenGuard guard;
    private DpopClient client;
    private String token;
    private final IncomingRequest[] bound = new IncomingRequest[PROOFS];
    private int next;
    private IncomingRequest bearer;
    private VerificationKey key;
    private byte[] signed;
    private byte[] signature;

    /** Starts an issuer, and makes one request. */
    @Setup
    public void open() {
        issuer = TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.ES256, "k"))
                .start();
        guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience("https://api.example.com")
                        .build())
                .dpop(Dpop.supported().proofMaxAge(Duration.ofMinutes(5)).replayCapacity(10_000_000))
                .route("/orders authenticated")
                .build();
        client = DpopClient.withKey(TestKey.generate(TestAlgorithm.ES256), Clock.systemUTC());
        token = issuer.token()
                .boundTo(client.key())
                .expiresIn(Duration.ofHours(1))
                .sign();
        String proof = client.proof("GET", TARGET).forToken(token).sign();
        bearer = request("Bearer "
                        + issuer.token().expiresIn(Duration.ofHours(1)).sign())
                .build();
        key = new VerificationKey("", SignatureAlgorithm.ES256, client.key().publicKey());
        signed = CompactToken.parse(proof).signingInput();
        signature = CompactToken.parse(proof).signatureBytes();
    }

    /** A proof is good once, so each use needs its own. */
    @Setup(Level.Iteration)
    public void makeProofs() {
        for (int i = 0; i < PROOFS; i++) {
            String proof = client.proof("GET", TARGET).forToken(token).sign();
            bound[i] = request("DPoP " + token).header("DPoP", proof).build();
        }
        next = 0;
    }

    private static IncomingRequest.Builder request(String authorization) {
        return IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Host", "api.example.com")
                .header("Authorization", authorization);
    }

    /** Ends the issuer. */
    @TearDown
    public void close() {
        guard.close();
        issuer.close();
    }

    /** A token that is bound to a key, with a proof. */
    @Benchmark
    public Decision bound() {
        return guard.decide(bound[next++]);
    }

    /** A bearer token: what the token itself costs. */
    @Benchmark
    public Decision bearer() {
        return guard.decide(bearer);
    }

    /** The floor of a proof: its signature alone, by the same provider. */
    @Benchmark
    public boolean bareVerification() {
        return SignatureEngine.platform().verify(key, signed, signature);
    }
}
