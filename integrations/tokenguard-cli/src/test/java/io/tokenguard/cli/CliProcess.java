package io.tokenguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Runs the command line in a process of its own. */
final class CliProcess {
    private static final long LONGEST_SECONDS = 120;
    private static final String BOUNCY_CASTLE = "bcprov";

    private CliProcess() {}

    static CliResult run(String input, String... words) {
        return run(Map.of(), input, words);
    }

    static CliResult run(Map<String, String> environment, String input, String... words) {
        return run(environment, input, List.of("-cp", classPath(false), "io.tokenguard.cli.Cli"), List.of(words));
    }

    /** The same with Bouncy Castle on the class path, which the jar does not contain. */
    static CliResult withBouncyCastle(String input, String... words) {
        return run(Map.of(), input, List.of("-cp", classPath(true), "io.tokenguard.cli.Cli"), List.of(words));
    }

    static String classPath(boolean hasBouncyCastle) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> hasBouncyCastle
                        || !Path.of(entry).getFileName().toString().startsWith(BOUNCY_CASTLE))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Runs the jar that the build has made. */
    static CliResult ofJar(String input, String... words) {
        return run(
                Map.of(),
                input,
                List.of("-jar", Path.of("target", "tokenguard-cli.jar").toString()),
                List.of(words));
    }

    private static CliResult run(
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
            CliResult result = new CliResult(process.exitValue(), text(out), text(err));
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
}
