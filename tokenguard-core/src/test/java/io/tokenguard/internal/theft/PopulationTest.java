package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.config.TheftDetection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The table of {@code docs/theft-detection.md} is what the generated population shows. {@code -Dpopulation.write=true} runs all of
 * it and writes the table; {@code -Dpopulation.tune=true} prints that of another seed. Thresholds were chosen by the other seed.
 */
class PopulationTest {
    private static final long TUNING_SEED = 20_300_107;
    private static final long REPORTED_SEED = 48_611_923;
    private static final int USERS = 10_000;
    private static final int THEFTS = 100;
    private static final Path PAGE = Path.of("..", "docs", "theft-detection.md");
    private static final Path RESULTS =
            Path.of("src", "test", "resources", "io", "tokenguard", "internal", "theft", "population.md");
    private static final String BEGIN = "<!-- Written by PopulationTest. -->\n";
    private static final String END = "<!-- End. -->";

    private static Population run(int users, int thefts, long seed) {
        TheftDetection.Baseline.Scores scores = TheftDetection.Baseline.off().scores();
        return new Population(users, thefts, seed, scores.report(), scores.response()).run();
    }

    private static String small() {
        return PopulationTable.of(run(500, 50, REPORTED_SEED));
    }

    @Test
    void aPartOfThePopulationGivesWhatIsStored() throws IOException {
        assertThat(Files.readString(RESULTS)).endsWith("\n" + small());
    }

    @Test
    void thePageShowsTheStoredTableOfAllOfIt() throws IOException {
        String page = Files.readString(PAGE);
        String shown = page.substring(page.indexOf(BEGIN) + BEGIN.length(), page.indexOf(END));
        assertThat(Files.readString(RESULTS)).startsWith(shown + "\n");
    }

    @Test
    @EnabledIfSystemProperty(named = "population.write", matches = "true")
    void allOfItIsWritten() throws IOException {
        Population all = run(USERS, THEFTS, REPORTED_SEED);
        String table = PopulationTable.of(all);
        Files.createDirectories(RESULTS.getParent());
        Files.writeString(RESULTS, table + "\n" + small());
        String page = Files.readString(PAGE);
        Files.writeString(
                PAGE,
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table + page.substring(page.indexOf(END)));
        System.out.println(all.requests() + " requests\n" + table);
    }

    @Test
    @EnabledIfSystemProperty(named = "population.tune", matches = "true")
    void anotherSeedIsForTuning() {
        for (int report = 45; report <= 55; report += 5) {
            Population run = new Population(USERS, THEFTS, TUNING_SEED, report, report + 10).run();
            System.out.println(
                    report + " and " + (report + 10) + ", " + run.requests() + " requests\n" + PopulationTable.of(run));
        }
    }
}
