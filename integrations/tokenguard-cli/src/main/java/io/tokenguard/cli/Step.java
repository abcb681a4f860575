package io.tokenguard.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;

/**
 * The result of one stage of the decision, or of one check.
 *
 * @param name the stage, in lower case
 * @param mark the result
 * @param note what was done or found, in one line; may be empty
 * @param details more, by name
 */
record Step(String name, Mark mark, String note, Map<String, String> details) {
    private static final int NAME_WIDTH = 14;
    private static final int DETAIL_WIDTH = 10;

    static Step of(String name, Mark mark, String note) {
        return new Step(name, mark, note, Map.of());
    }

    /** The lines for people. */
    List<String> lines(Ansi ansi) {
        List<String> lines = new ArrayList<>();
        lines.add((mark.shown(ansi) + " " + padded(name, NAME_WIDTH) + note).stripTrailing());
        details.forEach((key, value) -> lines.add("    " + padded(key, DETAIL_WIDTH) + value));
        return lines;
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    /** The same for programs. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("result", mark.name());
        json.put("note", note);
        json.putAll(details);
        return json;
    }
}
