package io.tokenguard.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.bench.peer.Library;
import io.tokenguard.bench.token.SigningAlgorithm;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

class SelectionTest {
    static Stream<Selection> selections() {
        return Stream.concat(Selection.brief().stream(), Selection.all().stream());
    }

    /** By JMH's own matching. */
    private static Set<BenchmarkListEntry> found(List<String> benchmarks) {
        OutputFormat silent = OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT);
        return BenchmarkList.defaultList().find(silent, benchmarks, List.of());
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selectsSomething(Selection selection) {
        assertThat(found(List.of(selection.benchmarks()))).isNotEmpty();
    }

    @Test
    void leavesNoBenchmarkOut() {
        List<String> all = Selection.all().stream().map(Selection::benchmarks).toList();
        assertThat(found(all)).hasSameSizeAs(found(List.of(".*")));
    }

    @ParameterizedTest
    @MethodSource("selections")
    void selectsNoLibraryForAnAlgorithmThatItDoesNotKnow(Selection selection) {
        for (String library : selection.parameters().getOrDefault("library", List.of())) {
            for (String algorithm : selection.parameters().get("algorithm")) {
                assertThat(Library.valueOf(library).knows(SigningAlgorithm.valueOf(algorithm)))
                        .isTrue();
            }
        }
    }
}
