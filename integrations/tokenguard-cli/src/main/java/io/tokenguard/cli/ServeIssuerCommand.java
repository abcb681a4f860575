package io.tokenguard.cli;

import io.tokenguard.testkit.TestAlgorithm;
import io.tokenguard.testkit.TestEndpoint;
import io.tokenguard.testkit.TestIssuer;
import io.tokenguard.testkit.TestKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs an issuer for development. */
@Command(
        name = "serve-issuer",
        description =
                "For development only: runs an issuer on this machine, until it is stopped. It gives a token to everyone who"
                        + " asks, without any password.",
        mixinStandardHelpOptions = true)
final class ServeIssuerCommand implements Callable<Integer> {
    static final int USUAL_PORT = 9400;
    static final String USUAL_ISSUER = "http://127.0.0.1:" + USUAL_PORT;

    private final Terminal terminal;

    @Option(names = "--port", paramLabel = "PORT", description = "The port; 0 for any. Default: ${DEFAULT-VALUE}.")
    private int port = USUAL_PORT;

    @Option(
            names = "--keys",
            paramLabel = "FOLDER",
            description =
                    "Keeps the key in this folder, for mint and the next start. Default: a new key at each start.")
    private @Nullable Path keys;

    @Option(names = "--audience", split = ",", paramLabel = "AUDIENCE", description = "Default: ${DEFAULT-VALUE}.")
    private List<String> audiences = List.of("https://api.example.com");

    @Option(
            names = "--user",
            split = ",",
            paramLabel = "USER",
            description = "The users on the login page. Default: ${DEFAULT-VALUE}.")
    private List<String> users = List.of("alice", "bob");

    ServeIssuerCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        TestKey key = keys == null ? TestKey.generate(TestAlgorithm.ES256) : KeyFolder.issuerKey(keys);
        try (TestIssuer issuer = start(port, key, audiences, users)) {
            terminal.lines(List.of(
                    "FOR DEVELOPMENT ONLY: this issuer gives a token to everyone on this machine who asks.",
                    "Never set it as the issuer of an API that others can reach.",
                    "",
                    "tokenguard.issuer-uri=" + issuer.issuer(),
                    "tokenguard.audiences=" + String.join(",", audiences),
                    "",
                    "A client's token:  curl -d grant_type=client_credentials -d client_id=shop -d scope=orders:read "
                            + issuer.uri(TestEndpoint.TOKEN),
                    "A user's token:    code flow with PKCE from " + issuer.uri(TestEndpoint.AUTHORIZATION)
                            + ", redirects to this machine only; its page lets you choose "
                            + String.join(" or ", users),
                    "Stop it with Ctrl-C."));
            new CountDownLatch(1).await();
        }
        return Cli.FINE;
    }

    /**
     * Starts the issuer.
     *
     * @param port the port; 0 for any
     * @param key signs the tokens
     * @param audiences the audiences of all tokens
     * @param users the users on the login page
     */
    static TestIssuer start(int port, TestKey key, List<String> audiences, List<String> users) {
        try {
            return TestIssuer.builder()
                    .port(port)
                    .keys(key)
                    .audience(audiences.toArray(String[]::new))
                    .users(users.toArray(String[]::new))
                    .start();
        } catch (UncheckedIOException | IllegalArgumentException taken) {
            throw new UsageException(
                    "The port can't be used: another process has it, or it is not 0 to 65535; pass --port");
        }
    }
}
