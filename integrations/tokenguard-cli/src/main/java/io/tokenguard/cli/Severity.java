package io.tokenguard.cli;

import picocli.CommandLine.Help.Ansi;

/** How serious a finding is. */
enum Severity {
    /** A check that succeeded. */
    FINE("\u2713", "green"),
    /** Something to know; needs no change. */
    NOTE("i", "faint"),
    /** The guard works, but not as its operator may expect. */
    WARNING("!", "yellow"),
    /** The guard does not start, or refuses good tokens. */
    ERROR("\u2717", "red");

    private final String sign;
    private final String style;

    Severity(String sign, String style) {
        this.sign = sign;
        this.style = style;
    }

    String shown(Ansi ansi) {
        return Colours.paint(ansi, sign, style);
    }
}
