package io.tokenguard.bench.report;

import io.tokenguard.bench.http.Guarding;
import io.tokenguard.bench.peer.Library;
import io.tokenguard.bench.token.Crowd;
import io.tokenguard.bench.token.CryptoProvider;
import io.tokenguard.bench.token.SigningAlgorithm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Arranges results as comparisons.
 *
 * @param results all that were measured
 */
record Comparisons(List<Measured> results) {
    /** The questions that are answered by comparisons. */
    private static final Set<String> COMPARED = Set.of("ColdBenchmark", "ReuseBenchmark", "HttpBenchmark");

    private static final String FLOOR = "bare signature";
    private static final String REUSED = ", engine reused";

    private static final Map<String, String> REUSE = names(
            "floorText", "text alone",
            "floorSha256", "SHA-256 of the text",
            "floorCaffeine", "look-up in Caffeine",
            "rememberedToken", "TokenGuard validate",
            "remembered", "TokenGuard decide",
            "rememberedByTwo", "TokenGuard decide, two threads",
            "checkedInFull", "TokenGuard decide, nothing remembered",
            "spring", "Spring Security");

    Comparisons {
        results = List.copyOf(results);
    }

    private static Map<String, String> names(String... methodsAndLines) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < methodsAndLines.length; i += 2) {
            names.put(methodsAndLines[i], methodsAndLines[i + 1]);
        }
        return Collections.unmodifiableMap(names);
    }

    /** A token that nobody has seen: by algorithm. */
    List<Comparison> cold() {
        List<Comparison> all = new ArrayList<>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            all.add(cold(algorithm));
        }
        return measured(all);
    }

    /** The same by providers of native code, beside what they take for a signature alone. */
    List<Comparison> coldByNativeProviders() {
        List<Comparison> all = new ArrayList<>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            all.add(cold(algorithm, CryptoProvider.CORRETTO));
            all.add(cold(algorithm, CryptoProvider.CONSCRYPT));
        }
        return measured(all);
    }

    private Comparison cold(SigningAlgorithm algorithm, CryptoProvider provider) {
        Map<String, Optional<Measured>> lines = new LinkedHashMap<>();
        addFloor(lines, algorithm, provider);
        for (Library library : Library.values()) {
            if (library.provider() == provider) {
                addLibrary(lines, algorithm, library);
            }
        }
        addLibrary(lines, algorithm, Library.TOKENGUARD_VALIDATE);
        return new Comparison(
                algorithm.joseName() + ", " + provider.title(),
                floor(provider) + REUSED,
                Library.TOKENGUARD_VALIDATE.title(),
                lines);
    }

    private Comparison cold(SigningAlgorithm algorithm) {
        Map<String, Optional<Measured>> lines = new LinkedHashMap<>();
        addFloor(lines, algorithm, CryptoProvider.JDK);
        for (Library library : Library.values()) {
            addLibrary(lines, algorithm, library);
        }
        return new Comparison(algorithm.joseName(), floor(CryptoProvider.JDK), Library.SPRING.title(), lines);
    }

    private void addFloor(Map<String, Optional<Measured>> lines, SigningAlgorithm algorithm, CryptoProvider provider) {
        Map<String, String> with = Map.of("algorithm", algorithm.name(), "provider", provider.title());
        lines.put(floor(provider), find("ColdBenchmark.floorSignature", with));
        lines.put(floor(provider) + REUSED, find("ColdBenchmark.floorSignatureReused", with));
    }

    private void addLibrary(Map<String, Optional<Measured>> lines, SigningAlgorithm algorithm, Library library) {
        Map<String, String> with = Map.of("algorithm", algorithm.name(), "library", library.name());
        lines.put(library.title(), find("ColdBenchmark.validate", with));
    }

    private static String floor(CryptoProvider provider) {
        return FLOOR + " (" + provider.title() + ")";
    }

    /** A token once more: by the number of tokens, and what signed them. */
    List<Comparison> reuse() {
        List<Comparison> all = new ArrayList<>();
        for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
            for (Crowd crowd : Crowd.values()) {
                all.add(reuse(algorithm, crowd));
            }
        }
        return measured(all);
    }

    /** Not every line is measured in every case, and a dash would say that it can't be. */
    private Comparison reuse(SigningAlgorithm algorithm, Crowd crowd) {
        Map<String, String> with = Map.of("algorithm", algorithm.name(), "crowd", crowd.name());
        Map<String, Optional<Measured>> lines = new LinkedHashMap<>();
        REUSE.forEach((method, line) -> lines.put(line, find("ReuseBenchmark." + method, with)));
        lines.values().removeIf(Optional::isEmpty);
        return new Comparison(
                algorithm.joseName() + ", " + crowd.title(), "look-up in Caffeine", Library.SPRING.title(), lines);
    }

    /** Whole requests. */
    List<Comparison> http() {
        Map<String, Optional<Measured>> lines = new LinkedHashMap<>();
        for (Guarding guarding : Guarding.values()) {
            lines.put(guarding.title(), find("HttpBenchmark.request", Map.of("guarding", guarding.name())));
        }
        return measured(
                List.of(new Comparison("one connection", Guarding.NONE.title(), Guarding.SPRING.title(), lines)));
    }

    /** What is not compared with others. */
    List<Measured> rest() {
        return results.stream()
                .filter(one -> !COMPARED.contains(one.question()))
                .toList();
    }

    private Optional<Measured> find(String benchmark, Map<String, String> with) {
        return results.stream().filter(one -> one.isOf(benchmark, with)).findFirst();
    }

    private static List<Comparison> measured(List<Comparison> all) {
        return all.stream().filter(Comparison::isMeasured).toList();
    }
}
