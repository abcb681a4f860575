package io.tokenguard.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.bench.ColdBenchmark;
import io.tokenguard.bench.ReuseBenchmark;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** From a real run of JMH, if a tiny one, to what readers see. */
class ReportTest {
    private static final String PASSING = "-Dfolder=/somewhere/else";

    @TempDir
    static Path folder;

    @BeforeAll
    static void measureAndWrite() throws RunnerException, IOException {
        System.setProperty("java.awt.headless", "true");
        Report report = new Report(folder);
        new Runner(new OptionsBuilder()
                        .include(ColdBenchmark.class.getSimpleName() + ".(validate|floorSignature)$")
                        .include(ReuseBenchmark.class.getSimpleName() + ".(floorText|floorCaffeine)$")
                        .param("algorithm", "RS256")
                        .param("provider", "jdk")
                        .param("library", "TOKENGUARD_DECIDE", "SPRING")
                        .param("crowd", "ONE")
                        .forks(0)
                        .jvmArgsAppend(PASSING)
                        .warmupIterations(0)
                        .measurementIterations(2)
                        .measurementTime(TimeValue.milliseconds(50))
                        .verbosity(VerboseMode.SILENT)
                        .resultFormat(ResultFormatType.JSON)
                        .result(report.jmh().toString())
                        .shouldFailOnError(true)
                        .build())
                .run();
        report.forgetPaths(PASSING);
        Files.writeString(report.memory(), "{\"bytes of heap per remembered token\": 4321}");
        Files.writeString(report.start(), "{\"TokenGuard: KiB of heap\": 987}");
        report.write(Environment.here("the command"));
    }

    private static List<String> lines() throws IOException {
        return Files.readAllLines(new Report(folder).tables());
    }

    @Test
    void everyRowOfATableHasAsManyCellsAsTheOneAbove() throws IOException {
        int cells = 0;
        for (String line : lines()) {
            int here = line.startsWith("|") ? line.split("\\|", -1).length : 0;
            if (cells > 0 && here > 0) {
                assertThat(here).as(line).isEqualTo(cells);
            }
            cells = here;
        }
    }

    @Test
    void namesMachineVersionsAndCommand() throws IOException {
        assertThat(String.join("\n", lines()))
                .contains("| Processor |", "| Java |", "`the command`", "| JJWT | 0.", "| jose4j | 0.")
                .doesNotContain("${");
    }

    @Test
    void showsWhatWasMeasuredAndADashForWhatWasNot() throws IOException {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("| bare signature (jdk) | 1.00 | "))
                .anyMatch(line -> line.matches("\\| Spring Security \\| [0-9.,]+ \\| 1\\.00 \\| .* us/op \\| .* \\|"))
                .anyMatch(line -> line.equals("| JJWT | – | – | – | – |"))
                .anyMatch(line -> line.equals("| bytes of heap per remembered token | 4321 |"))
                .anyMatch(line -> line.equals("| TokenGuard: KiB of heap | 987 |"));
    }

    @Test
    void keepsNoPathOfTheMachine() throws IOException {
        assertThat(Files.readString(new Report(folder).jmh()))
                .contains("jvmArgs")
                .doesNotContain(System.getProperty("java.home"))
                .doesNotContain(PASSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cold.svg", "reuse.svg"})
    void drawsCharts(String name) throws Exception {
        Document chart = parse(folder.resolve(name).toFile());
        assertThat(chart.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(chart.getElementsByTagName("*").getLength()).isGreaterThan(20);
    }

    private static Document parse(File svg) throws Exception {
        DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        parser.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
        return parser.parse(svg);
    }

    @Test
    void namesParametersInTheirOrder() {
        Measured one = new Measured("B.one", Map.of("keys", "4", "issuers", "1"), 20, 1.5, "ns/op");
        assertThat(Tables.of(List.of(one))).contains("| B.one | issuers 1, keys 4 | 20.0 ns/op | 1.50 |");
    }

    @Test
    void putsRatiosFirst() {
        Map<String, Optional<Measured>> lines = new LinkedHashMap<>();
        lines.put("floor", Optional.of(new Measured("B.floor", Map.of(), 20, 1.5, "us/op")));
        lines.put("one", Optional.of(new Measured("B.one", Map.of(), 50, Double.NaN, "us/op")));
        lines.put("well known", Optional.of(new Measured("B.other", Map.of(), 100, 2.25, "us/op")));
        assertThat(Tables.of(new Comparison("Case", "floor", "well known", lines)))
                .contains("| floor | 1.00 | 0.20 | 20.0 us/op | 1.50 |")
                .contains("| one | 2.50 | 0.50 | 50.0 us/op | – |")
                .contains("| well known | 5.00 | 1.00 | 100 us/op | 2.25 |");
    }
}
