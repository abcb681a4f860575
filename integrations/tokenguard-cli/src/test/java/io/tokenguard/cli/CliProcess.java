package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The result of one run of the command line in a process of its own.
 *
 * @param exit the exit code
 * @param out the standard output
 * @param err the standard error
 */
record CliProcess(int exit, String out, String err) {
    private static final long LONGEST_SECONDS = 120;

    static CliProcess run(String input, String... words) {
        return run(Map.of(), input, words);
    }

    static CliProcess run(Map<String, String> environment, String input, String... words) {
        return run(
                environment,
                input,
                List.of("-cp", System.getProperty("java.class.path"), "io.tokenguard.cli.Cli"),
                List.of(words));
    }

    /** Runs the jar that the build has made. */
    static CliProcess ofJar(String input, String... words) {
        return run(
                Map.of(),
                input,
                List.of("-jar", Path.of("target", "tokenguard-cli.jar").toString()),
                List.of(words));
    }

    private static CliProcess run(
            Map<String, String> environment, String input, List<String> program, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(program);
        command.addAll(words);
        try {
            Path in = Files.createTempFile("in", ".txt");
            Path out = Files.createTempFile("out", ".txt");
            Path err = Files.createTempFile("err", ".txt");
            Files.writeString(in, input);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TOKENGUARD_"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS))
                    .as("ends")
                    .isTrue();
            CliProcess result = new CliProcess(process.exitValue(), text(out), text(err));
            for (Path file : List.of(in, out, err)) {
                Files.delete(file);
            }
            return result;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    String everything() {
        return out + err;
    }
}
