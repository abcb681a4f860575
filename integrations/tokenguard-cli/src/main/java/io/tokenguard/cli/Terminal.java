package io.tokenguard.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * Input, output and environment of the process.
 *
 * @param in the standard input
 * @param out receives results
 * @param err receives errors
 * @param environment the environment variables
 * @param colours whether results are coloured
 */
record Terminal(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Colours colours) {
    private static final int MOST_INPUT = 1 << 20;

    /** That of this process; writes UTF-8. */
    static Terminal system() {
        return new Terminal(
                System.in,
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                System.getenv(),
                Colours.system());
    }

    /** The standard input as text without surrounding white space; at most 1 MiB of it is read. */
    String input() {
        try {
            return new String(in.readNBytes(MOST_INPUT), StandardCharsets.UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UsageException("The standard input can't be read");
        }
    }

    void line(String text) {
        out.println(text);
    }

    void lines(Iterable<String> texts) {
        texts.forEach(out::println);
    }

    /** How signs are written. */
    Ansi ansi() {
        return colours.ansi();
    }

    /** Shows nothing: the environment may contain secrets. */
    @Override
    public String toString() {
        return "Terminal[not shown]";
    }
}
