package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.tokenguard.FootprintProcess.Population;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cached tokens take of the heap is what they are counted for. */
class ReuseFootprintTest {
    private static final long BYTES = 4L << 20;
    private static final Pattern RESULT = Pattern.compile("taken (-?\\d+) counted (\\d+)");

    @TempDir
    private Path folder;

    private record Footprint(long taken, long counted) {}

    private Footprint measured(Population population, long bytes) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FootprintProcess.class.getName(),
                        population.name(),
                        Long.toString(bytes))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        Matcher result = RESULT.matcher(Files.readString(output));
        assertThat(result.find()).as(Files.readString(output)).isTrue();
        return new Footprint(Long.parseLong(result.group(1)), Long.parseLong(result.group(2)));
    }

    /** Full: the tokens would take more. */
    @Test
    void staysWithinItsBoundOnTheHeap() throws IOException, InterruptedException {
        assertThat(measured(Population.USUAL, BYTES).taken()).isBetween(BYTES * 8 / 10, BYTES * 11 / 10);
    }

    @ParameterizedTest
    @EnumSource
    void isWhatIsCounted(Population population) throws IOException, InterruptedException {
        Footprint footprint = measured(population, 16 * BYTES);
        assertThat(footprint.taken()).isCloseTo(footprint.counted(), withPercentage(10));
    }
}
