package io.tokenguard.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Whether signs are coloured. Chosen once, while the arguments are read; not thread-safe. */
final class Colours {
    private static final Path OUTPUT = Path.of("/proc/self/fd/1");

    private final Map<String, String> environment;
    private final boolean isTerminal;
    private When when = When.AUTO;

    /** When signs are coloured. */
    enum When {
        /** Always. */
        ALWAYS,
        /** If the output is a terminal, and the environment does not ask for none. */
        AUTO,
        /** Never. */
        NEVER
    }

    /**
     * Colours by the environment, until something else is chosen.
     *
     * @param environment the environment variables
     * @param isTerminal whether the output is a terminal
     */
    Colours(Map<String, String> environment, boolean isTerminal) {
        this.environment = environment;
        this.isTerminal = isTerminal;
    }

    /** Those of this process. */
    static Colours system() {
        return new Colours(System.getenv(), isOutputATerminal());
    }

    /** Elsewhere than on Linux there are no colours if the input is redirected, as it is where a token is piped in. */
    private static boolean isOutputATerminal() {
        try {
            String device = Files.readSymbolicLink(OUTPUT).toString();
            return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty") || device.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException elsewhere) {
            return Ansi.AUTO.enabled();
        }
    }

    void choose(When chosen) {
        when = chosen;
    }

    /** Writes in colours or without. */
    Ansi ansi() {
        return switch (when) {
            case ALWAYS -> Ansi.ON;
            case NEVER -> Ansi.OFF;
            case AUTO -> isTerminal && !isUnwanted() ? Ansi.ON : Ansi.OFF;
        };
    }

    /** By the convention of no-color.org: if the variable has any value. */
    private boolean isUnwanted() {
        return !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** A sign in a style of picocli. */
    static String paint(Ansi ansi, String sign, String style) {
        return ansi.string("@|" + style + " " + sign + "|@");
    }
}
