package io.tokenguard.bench;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.audit.LineLimit;
import io.tokenguard.internal.claims.ClaimsPolicy;
import io.tokenguard.internal.claims.ClaimsValidator;
import io.tokenguard.internal.claims.LifetimeCheck;
import io.tokenguard.internal.claims.LifetimePolicy;
import io.tokenguard.internal.claims.TokenShape;
import io.tokenguard.internal.issuers.AlgorithmUse;
import io.tokenguard.internal.issuers.IssuerNames;
import io.tokenguard.internal.issuers.IssuerRegistry;
import io.tokenguard.internal.issuers.IssuerRules;
import io.tokenguard.internal.issuers.TokenRules;
import io.tokenguard.internal.issuers.VerificationTrace;
import io.tokenguard.internal.keys.Clocks;
import io.tokenguard.internal.keys.FetchLimits;
import io.tokenguard.internal.keys.KeyAlarm;
import io.tokenguard.internal.keys.KeyRefreshPolicy;
import io.tokenguard.internal.keys.KeySupplies;
import io.tokenguard.internal.keys.LoadListener;
import io.tokenguard.internal.keys.MonotonicTime;
import io.tokenguard.internal.keys.RemoteKeySource;
import io.tokenguard.internal.keys.SelectedRules;
import io.tokenguard.internal.keys.WaitPolicy;
import io.tokenguard.internal.token.HeaderPolicy;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to find the key for a known name, by the number of issuers and of their keys? The floor in the same run
 * is one look-up in a map of that many issuers. At most a hundred key sets are loaded, and shared by the issuers.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class KeyLookupBenchmark {
    private static final int MOST_SETS = 100;
    private static final int MASK = (1 << 12) - 1;

    /** How many issuers are trusted. */
    @Param({"1", "10", "10000"})
    public int issuers;

    /** How many keys each of them has. */
    @Param({"4", "100"})
    public int keys;

    private final String[] issuerNames = new String[MASK + 1];
    private final String[] keyNames = new String[MASK + 1];
    private Map<String, String> floor;
    private IssuerRegistry registry;
    private ScheduledExecutorService timer;
    private ExecutorService workers;
    private int next;

    /** Loads the key sets, from files. */
    @Setup
    public void open() {
        timer = Executors.newSingleThreadScheduledExecutor();
        workers = Executors.newCachedThreadPool();
        Path file = keySet();
        List<String> names = new ArrayList<>();
        List<KeySource> sets = new ArrayList<>();
        Map<String, IssuerRules> rules = new HashMap<>();
        for (int i = 0; i < issuers; i++) {
            String name = "https://login.example.com/tenants/" + i;
            names.add(name);
            if (i < MOST_SETS) {
                sets.add(keys(name, file));
            }
            rules.put(name, rules(name, sets.get(i % sets.size())));
        }
        registry = new IssuerRegistry(rules, List.of());
        floor = new HashMap<>();
        names.forEach(name -> floor.put(name, name));
        for (int i = 0; i <= MASK; i++) {
            // Each text is an object of its own, as out of a token.
            issuerNames[i] = new String(names.get((i * 31) % issuers).toCharArray());
            keyNames[i] = new String(("key-" + (i * 17) % keys).toCharArray());
        }
    }

    private KeySource keys(String issuer, Path file) {
        Duration hour = Duration.ofHours(1);
        KeyRefreshPolicy policy = new KeyRefreshPolicy(
                hour,
                Duration.ofMinutes(10),
                Duration.ofSeconds(30),
                hour,
                Duration.ZERO,
                4,
                new WaitPolicy(Duration.ofSeconds(3), 2_000, true));
        RemoteKeySource source = RemoteKeySource.in(
                file,
                new FetchLimits(Duration.ofSeconds(3), 256 * 1024, 100),
                new KeySupplies(
                        new KeyAlarm(
                                issuer,
                                issuer,
                                LineLimit.usual("loads of keys", System::nanoTime),
                                LoadListener.NONE,
                                SignatureAlgorithm.defaults()),
                        policy,
                        new Clocks(Clock.systemUTC(), MonotonicTime.beside(Clock.systemUTC())),
                        timer,
                        workers,
                        () -> 0.5,
                        Optional.empty()));
        if (!source.isServingWithin(Duration.ofSeconds(3))) {
            throw new IllegalStateException("no keys in " + file);
        }
        return source;
    }

    private static IssuerRules rules(String issuer, KeySource keys) {
        Set<String> audiences = Set.of("https://api.example.com");
        Set<SignatureAlgorithm> algorithms = Set.of(SignatureAlgorithm.ES256);
        TokenShape shape = TokenShape.with("iss", "exp", "aud");
        LifetimeCheck lifetime =
                new LifetimeCheck(new LifetimePolicy(Duration.ofSeconds(30), Optional.empty(), Duration.ofHours(24)));
        TokenRules tokens = new TokenRules(
                new HeaderPolicy(algorithms, Set.of("at+jwt")),
                new ClaimsValidator(new ClaimsPolicy(issuer, audiences, shape, List.of("scope"), List.of())),
                lifetime,
                false,
                new TokenRules.Origin("rfc9068", "tokenguard.", "jwks-uri"));
        return new IssuerRules(
                new IssuerNames(issuer, Set.of()),
                audiences,
                new AlgorithmUse(algorithms),
                SelectedRules.of(tokens),
                keys,
                lifetime);
    }

    private Path keySet() {
        TestKey[] published = IntStream.range(0, keys)
                .mapToObj(i -> TestKey.generate(TestAlgorithm.ES256, "key-" + i))
                .toArray(TestKey[]::new);
        try (TestIssuer issuer = TestIssuer.builder().keys(published).start()) {
            Path file = Files.createTempFile("jwks", ".json");
            file.toFile().deleteOnExit();
            return Files.writeString(file, issuer.jwksJson());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Ends the loading. */
    @TearDown
    public void close() {
        timer.shutdownNow();
        workers.shutdownNow();
    }

    /** Finds the issuer, and the key. */
    @Benchmark
    public VerificationKey find() throws RefusedException {
        int at = next++ & MASK;
        return registry.find(issuerNames[at], VerificationTrace.NONE)
                .keys()
                .find(keyNames[at], SignatureAlgorithm.ES256);
    }

    /** The floor: one look-up in a map. */
    @Benchmark
    public String floor() {
        return floor.get(issuerNames[next++ & MASK]);
    }
}
