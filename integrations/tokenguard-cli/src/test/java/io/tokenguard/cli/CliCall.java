package io.tokenguard.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Runs the command line in this process: as {@link CliProcess}, without the time for a new JVM. Tests run one after another. */
final class CliCall {
    private CliCall() {}

    static CliResult run(String input, String... words) {
        return run(Map.of(), input, words);
    }

    /** What is written past the terminal counts as an error too. */
    static CliResult run(Map<String, String> environment, String input, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream usualOut = System.out;
        PrintStream usualErr = System.err;
        System.setOut(errors);
        System.setErr(errors);
        try {
            int exit = Cli.run(
                    new Terminal(
                            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                            new PrintStream(out, true, StandardCharsets.UTF_8),
                            errors,
                            environment,
                            new Colours(environment, false)),
                    words);
            return new CliResult(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }
}
