package io.tokenguard;

import io.tokenguard.access.RefusedException;
import io.tokenguard.access.SignatureAlgorithm;
import io.tokenguard.internal.keys.AddressPolicy;
import io.tokenguard.internal.keys.DocumentFetcher;
import io.tokenguard.internal.keys.HostPolicy;
import io.tokenguard.spi.KeySource;
import io.tokenguard.spi.VerificationKey;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * is one look-up in a map of that many issuers. Stands in the package of the front door, whose directory of issuers it
 * measures. At most a hundred key sets are loaded, and shared by the issuers.
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
    private IssuerRegistry directory;
    private Workers workers;
    private int next;

    /** Loads the key sets, from files. */
    @Setup
    public void open() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        DocumentFetcher fetcher = new DocumentFetcher(timer, Clock.systemUTC());
        workers = new Workers(timer, fetcher);
        HostPolicy hosts = new HostPolicy(new AddressPolicy(false), InetAddress::getAllByName);
        KeySources sources = new KeySources(hosts, Clock.systemUTC(), timer, fetcher, () -> 0.5, (issuer, keys) -> {});
        Path file = keySet();
        List<TrustedIssuer> descriptions = new ArrayList<>();
        List<KeySource> sets = new ArrayList<>();
        Map<String, IssuerRules> lanes = new HashMap<>();
        for (int i = 0; i < issuers; i++) {
            TrustedIssuer issuer = TrustedIssuer.builder("https://login.example.com/tenants/" + i)
                    .audience("https://api.example.com")
                    .keysFrom(file)
                    .build();
            descriptions.add(issuer);
            if (i < MOST_SETS) {
                sets.add(sources.open(issuer));
            }
            lanes.put(issuer.issuer(), IssuerRules.of(issuer, sets.get(i % sets.size())));
        }
        directory = new IssuerRegistry(lanes, List.of());
        floor = new HashMap<>();
        descriptions.forEach(issuer -> floor.put(issuer.issuer(), issuer.issuer()));
        for (int i = 0; i <= MASK; i++) {
            // Each text is an object of its own, as out of a token.
            issuerNames[i] =
                    new String(descriptions.get((i * 31) % issuers).issuer().toCharArray());
            keyNames[i] = new String(("key-" + (i * 17) % keys).toCharArray());
        }
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
        workers.close();
    }

    /** Finds the issuer, and the key. */
    @Benchmark
    public VerificationKey find() throws RefusedException {
        int at = next++ & MASK;
        return directory.find(issuerNames[at]).keys().find(keyNames[at], SignatureAlgorithm.ES256);
    }

    /** The floor: one look-up in a map. */
    @Benchmark
    public String floor() {
        return floor.get(issuerNames[next++ & MASK]);
    }
}
