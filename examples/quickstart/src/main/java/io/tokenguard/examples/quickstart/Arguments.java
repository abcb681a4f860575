package io.tokenguard.examples.quickstart;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param port where to listen; 0 for any free port
 * @param config a file with the settings of the guard; empty for the embedded issuer
 */
record Arguments(int port, Optional<Path> config) {
    /** How the program is called. */
    static final String USAGE = """
            usage: java -jar quickstart.jar [--port N] [--config FILE.properties]
                 starts a guarded server, at port 8080 and with an embedded issuer unless set otherwise
               java -jar quickstart.jar dpop ADDRESS TOKEN PRIVATE_JWK
                 sends a GET request with the token and a fresh DPoP proof by that key
               java -jar quickstart.jar dialects [NAME]
                 prints the settings that dialects stand for, as properties
               java -jar quickstart.jar --help""";

    private static final int DEFAULT_PORT = 8080;

    static Arguments parse(String... words) {
        int port = DEFAULT_PORT;
        Optional<Path> config = Optional.empty();
        Iterator<String> rest = List.of(words).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!rest.hasNext()) {
                throw new IllegalArgumentException(USAGE);
            }
            switch (option) {
                case "--port" -> port = readPort(rest.next());
                case "--config" -> config = Optional.of(Path.of(rest.next()));
                default -> throw new IllegalArgumentException(USAGE);
            }
        }
        return new Arguments(port, config);
    }

    private static int readPort(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port is '" + text + "': set 0 to 65535");
        }
        return Integer.parseInt(text);
    }
}
