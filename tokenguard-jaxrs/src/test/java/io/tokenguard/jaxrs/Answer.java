package io.tokenguard.jaxrs;

import java.util.List;

/** An answer as it came over the wire. */
record Answer(int status, List<String> fieldLines, String body) {
    List<String> header(String name) {
        String prefix = name + ":";
        return fieldLines.stream()
                .filter(line -> line.regionMatches(true, 0, prefix, 0, prefix.length()))
                .map(line -> line.substring(prefix.length()).strip())
                .toList();
    }

    String challenge() {
        return String.join(" | ", header("WWW-Authenticate"));
    }
}
