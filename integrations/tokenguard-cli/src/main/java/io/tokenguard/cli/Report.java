package io.tokenguard.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/** Collects findings, in sections. Not thread-safe. */
final class Report {
    private final List<Finding> findings = new ArrayList<>();
    private String section = "";

    /** Starts a section; later findings belong to it. */
    Report section(String title) {
        section = title;
        return this;
    }

    void fine(String check, String why) {
        findings.add(new Finding(section, check, Severity.FINE, "", why, ""));
    }

    void note(String check, String why) {
        findings.add(new Finding(section, check, Severity.NOTE, "", why, ""));
    }

    void note(String check, String key, String why, String remedy) {
        findings.add(new Finding(section, check, Severity.NOTE, key, why, remedy));
    }

    void warning(String check, String key, String why, String remedy) {
        findings.add(new Finding(section, check, Severity.WARNING, key, why, remedy));
    }

    void error(String check, String key, String why, String remedy) {
        findings.add(new Finding(section, check, Severity.ERROR, key, why, remedy));
    }

    long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .count();
    }

    /** 0, 1 after warnings, or 2 after errors. */
    int exit() {
        if (count(Severity.ERROR) > 0) {
            return Cli.WRONG;
        }
        return count(Severity.WARNING) > 0 ? Cli.FOUND : Cli.FINE;
    }

    /** The lines of errors and warnings. */
    List<String> problems(Ansi ansi) {
        return findings.stream()
                .filter(finding -> finding.severity() == Severity.ERROR || finding.severity() == Severity.WARNING)
                .flatMap(finding -> finding.lines(ansi).stream())
                .toList();
    }

    String summary() {
        return "Result: " + counted(count(Severity.ERROR), "error") + ", "
                + counted(count(Severity.WARNING), "warning");
    }

    private static String counted(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    List<String> lines(Ansi ansi) {
        List<String> lines = new ArrayList<>();
        String title = "";
        for (Finding finding : findings) {
            if (!finding.section().equals(title)) {
                title = finding.section();
                lines.add(title);
            }
            lines.addAll(finding.lines(ansi));
        }
        lines.add(summary());
        return lines;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("findings", findings.stream().map(Finding::json).toList());
        json.put("errors", count(Severity.ERROR));
        json.put("warnings", count(Severity.WARNING));
        return json;
    }
}
