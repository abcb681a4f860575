package io.tokenguard.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page about metrics, the dashboard and the alert rules name the meters that exist. */
class ObservabilityDocsTest {
    private static final Path DOCS = Path.of("..", "..", "docs");
    private static final Pattern METRIC = Pattern.compile("\\btokenguard_[a-z_]+");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(tokenguard\\.[a-z.]+)` \\|");

    private final ScrapedGuard scraped = new ScrapedGuard();

    @AfterEach
    void stop() {
        scraped.close();
    }

    private static Set<String> found(Pattern pattern, int group, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"observability.md", "observability/grafana-dashboard.json", "observability/prometheus-alerts.yml"
            })
    void nameOnlyMetricsOfARealScrape(String file) throws IOException {
        Set<String> scrapedNames = scraped.scrape().stream()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.split("[{ ]", 2)[0])
                .collect(Collectors.toSet());
        Set<String> named = found(METRIC, 0, Files.readString(DOCS.resolve(file)));
        assertThat(named).isNotEmpty().isSubsetOf(scrapedNames);
    }

    @Test
    void listAllMeters() throws IOException {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new TokenGuardMetrics(scraped.guard()).bindTo(registry);
        Set<String> meters = registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(found(ROW, 1, Files.readString(DOCS.resolve("observability.md"))))
                .isEqualTo(meters);
    }
}
