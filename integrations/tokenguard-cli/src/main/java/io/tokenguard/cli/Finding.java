package io.tokenguard.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The result of one check of {@code doctor}. Contains no secret.
 *
 * @param section what was checked, such as an issuer
 * @param check the check, in a word or two
 * @param severity how serious it is
 * @param key the property to look at; empty if there is none
 * @param why what was found
 * @param remedy what to do; empty if nothing
 */
record Finding(String section, String check, Severity severity, String key, String why, String remedy) {
    private static final int CHECK_WIDTH = 12;

    /** The lines for people. */
    List<String> lines(Ansi ansi) {
        List<String> lines = new ArrayList<>();
        String subject = key.isEmpty() ? why : key + ": " + why;
        lines.add("  " + severity.shown(ansi) + " " + Step.padded(check, CHECK_WIDTH) + subject);
        if (!remedy.isEmpty()) {
            lines.add("    " + Step.padded("", CHECK_WIDTH - 1) + "remedy: " + remedy);
        }
        return lines;
    }

    /** The same for programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("section", section);
        json.put("check", check);
        json.put("severity", severity);
        json.put("key", key);
        json.put("why", why);
        json.put("remedy", remedy);
        return json;
    }
}
