package io.tokenguard.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of results: what JMH wrote, what is made of it for readers, and where it was measured.
 *
 * @param folder where they are
 */
public record Report(Path folder) {
    /** What JMH wrote. */
    public Path jmh() {
        return folder.resolve("jmh.json");
    }

    /** What a remembered token takes of the heap. */
    public Path memory() {
        return folder.resolve("memory.json");
    }

    /** What a start costs. */
    public Path start() {
        return folder.resolve("start.json");
    }

    /** How near TokenGuard is to what it can't go below. */
    public Path races() {
        return folder.resolve("races.json");
    }

    /** The tables. */
    public Path tables() {
        return folder.resolve("report.md");
    }

    /**
     * Takes out of what JMH wrote where Java and the tokens lay on this machine, which says nothing to anybody else.
     *
     * @param passing the argument that was passed for this run alone
     */
    public void forgetPaths(String passing) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNode results = json.readTree(jmh().toFile());
        for (JsonNode result : results) {
            ((ObjectNode) result).remove("jvm");
            Iterator<JsonNode> arguments = result.path("jvmArgs").elements();
            while (arguments.hasNext()) {
                if (arguments.next().asText().equals(passing)) {
                    arguments.remove();
                }
            }
        }
        json.writerWithDefaultPrettyPrinter().writeValue(jmh().toFile(), results);
    }

    /** Writes tables and charts of what lies in the folder. */
    public void write(Environment environment) throws IOException {
        Comparisons comparisons = new Comparisons(Measured.read(jmh()));
        StringBuilder text = new StringBuilder("# Benchmarks\n\nMade by `")
                .append(environment.command())
                .append("`. Ratios within a run come first: absolute figures are this machine's.\n")
                .append(Tables.of(environment.machine()))
                .append("\nVersions:\n")
                .append(Tables.of(environment.versions()));
        section(text, "A token that nobody has seen before", comparisons.cold());
        section(text, "The same, by providers of native code", comparisons.coldByNativeProviders());
        section(text, "A token that is used once more", comparisons.reuse());
        section(text, "Whole requests", comparisons.http());
        if (!comparisons.rest().isEmpty()) {
            text.append("\n## Other questions\n").append(Tables.of(comparisons.rest()));
        }
        appendValues(text, "How much of the floor's throughput is kept (median of turns, and half of them)", races());
        appendValues(text, "Heap that a remembered token takes", memory());
        appendValues(text, "The cost of a start (medians)", start());
        Files.writeString(tables(), text);
        draw(comparisons);
    }

    private static void section(StringBuilder text, String title, List<Comparison> comparisons) {
        if (!comparisons.isEmpty()) {
            text.append("\n## ").append(title).append('\n');
            comparisons.forEach(comparison -> text.append(Tables.of(comparison)));
        }
    }

    private static void appendValues(StringBuilder text, String title, Path file) throws IOException {
        if (Files.exists(file)) {
            Map<String, String> values = new LinkedHashMap<>();
            JsonNode json = new ObjectMapper().readTree(file.toFile());
            json.properties()
                    .forEach(one -> values.put(one.getKey(), one.getValue().asText()));
            text.append("\n## ").append(title).append('\n').append(Tables.of(values));
        }
    }

    private void draw(Comparisons comparisons) throws IOException {
        if (!comparisons.cold().isEmpty()) {
            Charts.ratios(
                    folder.resolve("cold.svg"), "Validating a token that nobody has seen before", comparisons.cold());
        }
        if (!comparisons.reuse().isEmpty()) {
            Charts.times(folder.resolve("reuse.svg"), "Using a token once more", comparisons.reuse());
        }
        if (!comparisons.http().isEmpty()) {
            Charts.ratios(folder.resolve("http.svg"), "A whole request over loopback", comparisons.http());
        }
    }
}
