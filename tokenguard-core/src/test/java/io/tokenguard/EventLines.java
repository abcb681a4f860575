package io.tokenguard;

import io.tokenguard.access.RefusalReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The expected event of each reason, from a file with one line for each. What varies from run to run has a name there. */
final class EventLines {
    private static final String FILE = "refusal-events.txt";

    private EventLines() {}

    static String of(RefusalReason reason) {
        try (InputStream file = EventLines.class.getResourceAsStream(FILE)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.contains(" reason=" + reason + " "))
                    .findFirst()
                    .orElse("no line for " + reason + " in " + FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String withoutWhatVaries(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll("http://(127\\.0\\.0\\.1|localhost):\\d+", "http://ISSUER")
                .replaceAll("(?<![\\w.-])-?\\d+ s (ago|ahead)", "N s $1")
                .replaceAll("lifetime of \\d{5,} s,", "lifetime of N s,")
                .replaceAll(" id=[0-9A-Z]{26}", " id=ID")
                .replaceAll("(?<= |_)token=[A-Za-z0-9_-]{16}(?![A-Za-z0-9_-])", "token=HASH")
                .replaceAll(" jti=[^ ]+", " jti=JTI")
                .replaceAll("(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])", "THUMBPRINT")
                .replaceAll("by key [A-Za-z0-9_-]{8}(?![A-Za-z0-9_-])", "by key BEGINNING")
                .replaceAll("index \\d+", "index N");
    }
}
