package io.tokenguard.bench;

import io.tokenguard.access.AccessToken;
import io.tokenguard.access.RefusedException;
import io.tokenguard.access.Revocation;
import io.tokenguard.internal.revocation.IssuerAliases;
import io.tokenguard.internal.revocation.KeyBans;
import io.tokenguard.internal.revocation.RevocationCheck;
import io.tokenguard.internal.revocation.RevocationLimits;
import io.tokenguard.internal.revocation.RevocationMemory;
import io.tokenguard.internal.revocation.RevocationPolicy;
import io.tokenguard.internal.revocation.TokenNaming;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.openjdk.jmh.annotations.Warmup;

/** What does it cost to look a token up among those that are revoked, however many there are? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RevocationBenchmark {
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final String ISSUER = "https://issuer.example";

    private final AccessToken token = AccessToken.builder(ISSUER)
            .subject("alice")
            .clientId("app")
            .expiresAt(NOW.plusSeconds(300))
            .claims(Map.of(
                    "jti", "0d3b7a2c-6d1f-4a57-9f0e-1c2d3e4f5a6b", "sid", "session", "iat", NOW.getEpochSecond()))
            .presented("header.payload.signature")
            .build();

    /** How many tokens of others are revoked. */
    @Param({"0", "1000", "1000000"})
    public int revocations;

    /** Whether there are revocations of each kind, or of single tokens only. */
    @Param({"false", "true"})
    public boolean ofEachKind;

    private long checkedAt = RevocationCheck.NEVER;
    private RevocationMemory memory;
    private RevocationCheck check;

    /** Fills the memory. */
    @Setup
    public void fill() {
        RevocationLimits limits =
                new RevocationLimits(2_000_000, Duration.ofHours(24), Duration.ofDays(30), Duration.ofSeconds(30));
        memory = new RevocationMemory(limits);
        check = new RevocationCheck(
                memory,
                new KeyBans(System::nanoTime),
                new RevocationPolicy(
                        Optional.empty(),
                        false,
                        Duration.ofSeconds(60),
                        limits,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        Runnable::run),
                new TokenNaming(
                        new IssuerAliases(Map.of(), List.of()),
                        Set.of(List.of("sub"), List.of("oid")),
                        Set.of(List.of("client_id"), List.of("azp"))),
                System::nanoTime);
        for (int i = 0; i < revocations; i++) {
            check.revoke(Revocation.token(ISSUER, "other" + i));
        }
        if (ofEachKind) {
            check.revoke(Revocation.presented("other"));
            check.revoke(Revocation.session(ISSUER, "other"));
            check.revoke(Revocation.subject(ISSUER, "other"));
            check.revoke(Revocation.client(ISSUER, "other"));
            check.revoke(Revocation.issuer("https://other.example"));
        }
    }

    /** Looks up all that a token could be revoked by. */
    @Benchmark
    public AccessToken look() throws RefusedException {
        check.check(token, NOW);
        return token;
    }

    /** The check of a token that was looked up before, with no revocation since. */
    @Benchmark
    public AccessToken lookNoMore() throws RefusedException {
        checkedAt = check.check(token, checkedAt, NOW);
        return token;
    }
}
