package io.tokenguard.internal.theft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A subject takes at most 512 bytes of the heap, with its key and its entry in the table, however much is learned of it. */
class BaselineFootprintTest {
    private static final Pattern RESULT = Pattern.compile("subjects 100000 bytes (\\d+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void takesAtMostFiveHundredAndTwelveBytes(boolean isNew) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        BaselineFootprint.class.getName(),
                        Boolean.toString(isNew))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        Matcher result = RESULT.matcher(Files.readString(output));
        assertThat(result.find()).as(Files.readString(output)).isTrue();
        assertThat(Integer.parseInt(result.group(1))).isBetween(300, 512);
    }
}
