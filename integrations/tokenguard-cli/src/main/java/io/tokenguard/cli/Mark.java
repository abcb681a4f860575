package io.tokenguard.cli;

import picocli.CommandLine.Help.Ansi;

/** The result of one check. */
enum Mark {
    /** It succeeded. */
    GOOD("\u2713", "green"),
    /** It failed. */
    BAD("\u2717", "red"),
    /** It could not be done here. */
    UNKNOWN("?", "yellow"),
    /** An earlier check failed. */
    NOT_REACHED("-", "faint");

    private final String sign;
    private final String style;

    Mark(String sign, String style) {
        this.sign = sign;
        this.style = style;
    }

    String shown(Ansi ansi) {
        return Colours.paint(ansi, sign, style);
    }
}
