package io.tokenguard.examples.forwardauth;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The command line.
 *
 * @param gateway the kind of gateway
 * @param host the address to listen at
 * @param port the port to listen at; 0 for any free port
 * @param trusted the addresses of gateways
 * @param config a file with the settings of the guard; empty for the embedded issuer
 */
record Arguments(Gateway gateway, String host, int port, List<String> trusted, Optional<Path> config) {
    private static final String USAGE =
            "usage: java -jar forward-auth.jar --gateway nginx|traefik|envoy [--host ADDRESS]"
                    + " [--port N] [--trusted ADDRESS,…] [--config FILE.properties]";

    static Arguments parse(String... words) {
        Optional<Gateway> gateway = Optional.empty();
        Arguments rest = new Arguments(Gateway.NGINX, "127.0.0.1", 9000, List.of("127.0.0.1"), Optional.empty());
        Iterator<String> left = List.of(words).iterator();
        while (left.hasNext()) {
            String option = left.next();
            if (!left.hasNext()) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = left.next();
            if (option.equals("--gateway")) {
                gateway = Optional.of(Gateway.named(value));
            } else {
                rest = rest.with(option, value);
            }
        }
        Gateway named = gateway.orElseThrow(() -> new IllegalArgumentException(USAGE));
        return new Arguments(named, rest.host, rest.port, rest.trusted, rest.config);
    }

    private Arguments with(String option, String value) {
        return switch (option) {
            case "--host" -> new Arguments(gateway, value, port, trusted, config);
            case "--port" -> new Arguments(gateway, host, readPort(value), trusted, config);
            case "--trusted" -> new Arguments(gateway, host, port, Arrays.asList(value.split(",", -1)), config);
            case "--config" -> new Arguments(gateway, host, port, trusted, Optional.of(Path.of(value)));
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static int readPort(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("--port is '" + text + "': set 0 to 65535");
        }
        return Integer.parseInt(text);
    }
}
