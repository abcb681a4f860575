package io.tokenguard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.bench.peer.SpringPeer;
import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The cost of a start: the time from building a validator until its keys are loaded and until it has accepted its first token,
 * and the heap that it holds then. Each start has a process of its own, so that classes are loaded and code is interpreted as
 * at a real start, and loads the keys of an issuer in this process over loopback. Reports medians.
 */
public final class StartCost {
    private static final String AUDIENCE = "https://api.example.com";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int RUNS = 5;
    private static final int COLLECTIONS = 5;

    private StartCost() {}

    private enum Validator {
        GUARD("TokenGuard") {
            @Override
            Started start(String issuer, String token) {
                return guard(issuer, token, "auto");
            }
        },
        GUARD_WITH_JDK("TokenGuard without native providers") {
            @Override
            Started start(String issuer, String token) {
                return guard(issuer, token, "jdk");
            }
        },
        SPRING("Spring Security's NimbusJwtDecoder") {
            @Override
            Started start(String issuer, String token) {
                return spring(issuer, token);
            }
        };

        private final String title;

        Validator(String title) {
            this.title = title;
        }

        abstract Started start(String issuer, String token);
    }

    /**
     * A validator that has accepted a token.
     *
     * @param validator keeps it in the heap
     * @param readyAt when its keys were loaded, in nanoseconds
     */
    private record Started(Object validator, long readyAt) {}

    /**
     * Measures and prints.
     *
     * @param arguments the file to write to, if any; or a validator, an issuer and a token for one start
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            System.out.println(startOnce(Validator.valueOf(arguments[0]), arguments[1], arguments[2]));
            System.exit(0);
        }
        Map<String, Long> result = measure(RUNS);
        ObjectMapper json = new ObjectMapper();
        System.out.println(json.writeValueAsString(result));
        if (arguments.length > 0) {
            json.writerWithDefaultPrettyPrinter()
                    .writeValue(Path.of(arguments[0]).toFile(), result);
        }
    }

    static Map<String, Long> measure(int runs) throws IOException, InterruptedException {
        Map<String, Long> result = new LinkedHashMap<>();
        try (TestIssuer issuer = TestIssuer.builder()
                .keys(TestKey.generate(TestAlgorithm.RS256))
                .audience(AUDIENCE)
                .start()) {
            for (Validator validator : Validator.values()) {
                long[][] starts = new long[runs][];
                for (int i = 0; i < runs; i++) {
                    String token = issuer.token().sign();
                    starts[i] = inItsOwnProcess(validator, issuer.issuer(), token);
                }
                result.put(validator.title + ": ms until its keys are loaded", median(starts, 0));
                result.put(validator.title + ": ms until it has accepted a token", median(starts, 1));
                result.put(validator.title + ": KiB of heap", median(starts, 2));
            }
        }
        return result;
    }

    private static long median(long[][] starts, int column) {
        return Arrays.stream(starts).mapToLong(start -> start[column]).sorted().toArray()[starts.length / 2];
    }

    private static long[] inItsOwnProcess(Validator validator, String issuer, String token)
            throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process = new ProcessBuilder(
                        java, "-cp", classPath, StartCost.class.getName(), validator.name(), issuer, token)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(validator + " failed");
        }
        String last = output.substring(output.lastIndexOf('\n') + 1);
        return Arrays.stream(last.split(" ", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** Milliseconds until it is ready, and until it has accepted a token; kibibytes. */
    private static String startOnce(Validator validator, String issuer, String token) {
        long before = used();
        long start = System.nanoTime();
        Started started = validator.start(issuer, token);
        long end = System.nanoTime();
        try {
            long held = used() - before;
            return millis(started.readyAt - start) + " " + millis(end - start) + " " + held / 1_024;
        } finally {
            Reference.reachabilityFence(started);
        }
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static Started guard(String issuer, String token, String provider) {
        TokenGuard guard = TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer).audience(AUDIENCE).build())
                .cryptoProvider(provider)
                .route("/orders authenticated")
                .build();
        boolean isReady = guard.awaitReady(LONGEST);
        long readyAt = System.nanoTime();
        Decision decision = guard.decide(IncomingRequest.builder("GET", "/orders")
                .overTls()
                .header("Authorization", "Bearer " + token)
                .build());
        if (!isReady || !(decision instanceof Decision.Granted)) {
            throw new IllegalStateException("a token was refused");
        }
        return new Started(guard, readyAt);
    }

    /** It loads its keys with the first token. */
    private static Started spring(String issuer, String token) {
        SpringPeer peer = SpringPeer.discovering(issuer, AUDIENCE);
        Object unused = peer.validate(token);
        return new Started(peer, System.nanoTime());
    }

    private static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
