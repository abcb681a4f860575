package io.tokenguard.bench;

import io.tokenguard.bench.peer.Library;
import io.tokenguard.bench.token.Crowd;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Some benchmarks with some parameters. Where a library does not know an algorithm, the two are not selected together.
 *
 * @param benchmarks what JMH matches names with
 * @param parameters values by name; what is not named takes all of its values
 */
record Selection(String benchmarks, Map<String, List<String>> parameters) {
    private static final TimeValue WARMUP = TimeValue.milliseconds(400);
    private static final TimeValue TURN = TimeValue.milliseconds(300);

    Selection {
        parameters = Map.copyOf(parameters);
    }

    private static Selection of(String benchmarks) {
        return new Selection(benchmarks, Map.of());
    }

    private Selection with(String parameter, String... values) {
        Map<String, List<String>> more = new LinkedHashMap<>(parameters);
        more.put(parameter, List.of(values));
        return new Selection(benchmarks, more);
    }

    /** What most readers ask, in about five minutes. */
    static List<Selection> brief() {
        List<Selection> brief = cold();
        brief.add(of("ReuseBenchmark").with("algorithm", "RS256").with("crowd", Crowd.THOUSAND.name()));
        brief.add(of("ReuseBenchmark.(floorText|floorCaffeine|remembered|spring)$")
                .with("algorithm", "RS256")
                .with("crowd", Crowd.ZIPF.name()));
        brief.add(of("HttpBenchmark"));
        return brief;
    }

    /** Every benchmark there is. */
    static List<Selection> all() {
        List<Selection> all = cold();
        all.addAll(scale());
        all.add(of("^(?!.*(ColdBenchmark|ScaleBenchmark)).*$"));
        return all;
    }

    /** One thing grows at a time. */
    private static List<Selection> scale() {
        Selection usual = of("ScaleBenchmark")
                .with("issuers", "1")
                .with("revocations", "0")
                .with("remembered", "100000");
        return List.of(
                usual.with("issuers", "1", "10", "10000"),
                usual.with("revocations", "1000000"),
                usual.with("remembered", "1000", "1000000"));
    }

    private static List<Selection> cold() {
        List<Selection> cold = new ArrayList<>();
        cold.add(of("ColdBenchmark.floor").with("provider", providers()));
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            cold.add(of("ColdBenchmark.validate")
                    .with("algorithm", algorithm.name())
                    .with("library", libraries(algorithm)));
        }
        return cold;
    }

    private static String[] libraries(SigningAlgorithm algorithm) {
        return Arrays.stream(Library.values())
                .filter(library -> library.knows(algorithm))
                .map(Library::name)
                .toArray(String[]::new);
    }

    private static String[] providers() {
        return Arrays.stream(CryptoProvider.values())
                .filter(CryptoProvider::isAvailable)
                .map(CryptoProvider::title)
                .toArray(String[]::new);
    }

    /** The same for JMH; it ends as soon as anything fails, such as a peer that lets a bad token pass. */
    ChainedOptionsBuilder options() {
        ChainedOptionsBuilder options = new OptionsBuilder().include(benchmarks).shouldFailOnError(true);
        parameters.forEach((name, values) -> options.param(name, values.toArray(String[]::new)));
        return options;
    }

    /** The same with few and short turns. */
    ChainedOptionsBuilder briefOptions() {
        return options()
                .forks(1)
                .warmupIterations(4)
                .warmupTime(WARMUP)
                .measurementIterations(5)
                .measurementTime(TURN);
    }
}
