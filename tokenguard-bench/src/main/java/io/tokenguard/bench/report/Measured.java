package io.tokenguard.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One result of JMH.
 *
 * @param benchmark class and method, without the package
 * @param parameters what it was measured with
 * @param score the mean
 * @param error half of the interval that holds the mean with 99.9 % certainty; not a number where it was measured once
 * @param unit what of
 */
public record Measured(String benchmark, Map<String, String> parameters, double score, double error, String unit) {
    /** Copies the parameters, in the order of their names. */
    public Measured {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Reads what JMH writes with {@code -rf json}. */
    public static List<Measured> read(Path jmhJson) throws IOException {
        List<Measured> results = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(jmhJson.toFile())) {
            results.add(of(result));
        }
        return results;
    }

    private static Measured of(JsonNode result) {
        Map<String, String> parameters = new TreeMap<>();
        result.path("params")
                .properties()
                .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
        JsonNode metric = result.path("primaryMetric");
        return new Measured(
                withoutPackage(result.path("benchmark").asText()),
                parameters,
                metric.path("score").asDouble(Double.NaN),
                metric.path("scoreError").asDouble(Double.NaN),
                metric.path("scoreUnit").asText());
    }

    private static String withoutPackage(String name) {
        int method = name.lastIndexOf('.');
        return name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    /** The parameters for readers. */
    String with() {
        return parameters.entrySet().stream()
                .map(one -> one.getKey() + " " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The class of the benchmark. */
    String question() {
        return benchmark.substring(0, benchmark.indexOf('.'));
    }

    /** Whether it is a result of this benchmark with (at least) these parameters. */
    boolean isOf(String wanted, Map<String, String> with) {
        return benchmark.equals(wanted) && parameters.entrySet().containsAll(with.entrySet());
    }
}
