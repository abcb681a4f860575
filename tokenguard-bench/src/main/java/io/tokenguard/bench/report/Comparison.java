package io.tokenguard.bench.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Contestants in one case, such as one algorithm, in the same run.
 *
 * @param title the case
 * @param floor the line that every other one stands on
 * @param reference the line that readers know best
 * @param lines each contestant's result; empty where it can't take part
 */
record Comparison(String title, String floor, String reference, Map<String, Optional<Measured>> lines) {
    Comparison {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /** Whether anybody took part. */
    boolean isMeasured() {
        return lines.values().stream().anyMatch(Optional::isPresent);
    }

    Optional<Measured> of(String line) {
        return lines.getOrDefault(line, Optional.empty());
    }

    /** How many times another line a line is. */
    Optional<Double> ratio(String line, String other) {
        return of(line).flatMap(one -> of(other).map(base -> one.score() / base.score()));
    }
}
