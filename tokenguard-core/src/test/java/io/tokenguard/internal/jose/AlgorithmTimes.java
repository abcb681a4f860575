package io.tokenguard.internal.jose;

import io.tokenguard.access.SignatureAlgorithm;
import java.security.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Prints how long each provider takes to verify a signature of each algorithm: the least and the median of some rounds. */
final class AlgorithmTimes {
    private static final int ROUNDS = 25;
    private static final long ROUND_NANOS = 20_000_000;

    private AlgorithmTimes() {}

    public static void main(String[] arguments) {
        Map<String, SignatureEngine> engines = new LinkedHashMap<>();
        engines.put("JDK " + Runtime.version().feature(), SignatureEngine.platform());
        engines.put(
                "BC", SignatureEngines.by((Provider) new BouncyCastleProvider()).engine());
        KnownAnswers answers = KnownAnswers.read();
        AlternatingTimes times = new AlternatingTimes(ROUNDS, ROUND_NANOS);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            List<KnownAnswers.Answer> known = answers.of(algorithm);
            engines.forEach((provider, engine) -> {
                if (!known.isEmpty() && engine.covers(algorithm)) {
                    add(times, algorithm + " | " + provider, engine, known.get(0));
                }
            });
        }
        times.measure();
        for (String name : times.names()) {
            System.out.printf("%s | least %.0f | median %.0f%n", name, times.least(name), times.quantile(name, 0.5));
        }
    }

    private static void add(AlternatingTimes times, String name, SignatureEngine engine, KnownAnswers.Answer answer) {
        times.add(name, () -> engine.verify(answer.key(), answer.signed(), answer.signature()));
    }
}
