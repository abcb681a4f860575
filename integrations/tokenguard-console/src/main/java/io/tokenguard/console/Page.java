package io.tokenguard.console;

import io.tokenguard.access.FeedAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The files of the page. They contain nothing of the guard, and are the same for everyone. */
final class Page {
    private static final String FOLDER = "page/";
    private static final String SCRIPT = "text/javascript;charset=utf-8";

    private static final String STYLE = "text/css;charset=utf-8";

    private static final Map<String, FeedAnswer> FILES = load(Map.ofEntries(
            Map.entry("index.html", "text/html;charset=utf-8"),
            Map.entry("icon.svg", "image/svg+xml"),
            Map.entry("console.css", STYLE),
            Map.entry("uPlot.min.css", STYLE),
            Map.entry("uPlot.iife.min.js", SCRIPT),
            Map.entry("uPlot.LICENSE.txt", "text/plain;charset=utf-8"),
            Map.entry("console.js", SCRIPT),
            Map.entry("interface.js", SCRIPT),
            Map.entry("dom.js", SCRIPT),
            Map.entry("now.js", SCRIPT),
            Map.entry("trends.js", SCRIPT),
            Map.entry("charts.js", SCRIPT),
            Map.entry("forms.js", SCRIPT),
            Map.entry("trials.js", SCRIPT),
            Map.entry("act.js", SCRIPT)));

    private Page() {}

    /** The answer for a path below the console's own, which begins with a slash. */
    static FeedAnswer find(String path) {
        FeedAnswer file = FILES.get(path.equals("/") ? "index.html" : path.substring(1));
        return file == null ? Answer.error(404, "there is no such file") : file;
    }

    private static Map<String, FeedAnswer> load(Map<String, String> types) {
        Map<String, FeedAnswer> files = new HashMap<>();
        types.forEach((name, type) -> files.put(name, Answer.of(200, type, read(name))));
        return Map.copyOf(files);
    }

    private static String read(String name) {
        try (InputStream file = Page.class.getResourceAsStream(FOLDER + name)) {
            if (file == null) {
                throw new IllegalStateException("the console's jar lacks its file " + name);
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
