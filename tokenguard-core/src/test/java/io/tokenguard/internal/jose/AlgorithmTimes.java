package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Prints how long each provider takes to verify a signature of each algorithm: the median of some rounds, and its spread. */
final class AlgorithmTimes {
    private static final int ROUNDS = 15;
    private static final long ROUND_NANOS = 100_000_000;

    private AlgorithmTimes() {}

    public static void main(String[] arguments) {
        Map<String, SignatureEngine> engines = new LinkedHashMap<>();
        engines.put("JDK " + Runtime.version().feature(), SignatureEngine.platform());
        engines.put(
                "BC", SignatureEngines.by((Provider) new BouncyCastleProvider()).engine());
        KnownAnswers answers = KnownAnswers.read();
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            answers.of(algorithm).stream()
                    .limit(1)
                    .forEach(answer -> engines.forEach((name, engine) -> {
                        if (engine.covers(algorithm)) {
                            System.out.println(algorithm + " | " + name + " | " + microseconds(engine, answer));
                        }
                    }));
        }
    }

    private static String microseconds(SignatureEngine engine, KnownAnswers.Answer answer) {
        double[] rounds = Stream.generate(() -> round(engine, answer))
                .limit(ROUNDS)
                .mapToDouble(Double::doubleValue)
                .toArray();
        Arrays.sort(rounds);
        return "median %.0f, from %.0f to %.0f".formatted(rounds[ROUNDS / 2], rounds[0], rounds[ROUNDS - 1]);
    }

    private static double round(SignatureEngine engine, KnownAnswers.Answer answer) {
        long start = System.nanoTime();
        int count = 0;
        while (System.nanoTime() - start < ROUND_NANOS) {
            if (!engine.verify(answer.key(), answer.signed(), answer.signature())) {
                throw new IllegalStateException(answer.name());
            }
            count++;
        }
        return (System.nanoTime() - start) / 1e3 / count;
    }
}
