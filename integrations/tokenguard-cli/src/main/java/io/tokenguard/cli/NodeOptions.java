package io.tokenguard.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select the console of a running node instead of a configuration. */
final class NodeOptions {
    private static final int LONGEST_TOKEN = 64 * 1024;
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    @Option(
            names = "--node",
            paramLabel = "URL",
            description =
                    "The console of a running node, such as https://api.example.com/console, instead of a configuration. For"
                            + " nodes without shared state, and for state in a folder.")
    private @Nullable String address;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "A file with an access token that has the console's scope or role. Only with --node.")
    private @Nullable Path tokenFile;

    /** The console; empty without --node. */
    Optional<NodeConsole> find() {
        if (address == null) {
            if (tokenFile != null) {
                throw new UsageException(
                        "--token-file has no effect without --node: name the console, or leave it out");
            }
            return Optional.empty();
        }
        if (tokenFile == null) {
            throw new UsageException("--token-file is missing: name a file with an access token for the console");
        }
        return Optional.of(new NodeConsole(console(address), token(tokenFile)));
    }

    private static URI console(String text) {
        try {
            URI console = new URI(text.endsWith("/") ? text : text + "/");
            boolean isSafe = "https".equals(console.getScheme())
                    || ("http".equals(console.getScheme()) && isThisMachine(console.getHost()));
            if (isSafe
                    && console.getHost() != null
                    && console.getRawUserInfo() == null
                    && console.getRawQuery() == null) {
                return console;
            }
        } catch (URISyntaxException malformed) {
            // Reported below.
        }
        throw new UsageException(
                "--node is not the address of a console: write an https address such as"
                        + " https://api.example.com/console; plain http is accepted on this machine only, because it shows the token");
    }

    private static boolean isThisMachine(@Nullable String host) {
        return host != null && (THIS_MACHINE.contains(host) || host.matches("127(\\.\\d{1,3}){3}"));
    }

    private static String token(Path file) {
        try {
            String token = Files.size(file) > LONGEST_TOKEN
                    ? ""
                    : Files.readString(file).strip();
            if (!token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
                return token;
            }
        } catch (IOException unreadable) {
            // Reported below.
        }
        throw new UsageException("--token-file can't be read, or does not contain one token");
    }
}
