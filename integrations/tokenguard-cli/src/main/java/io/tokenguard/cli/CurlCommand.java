package io.tokenguard.cli;

import io.tokenguard.testkit.DpopClient;
import io.tokenguard.testkit.DpopProofBuilder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a line for curl with a token and a fresh proof. */
@Command(
        name = "curl",
        description =
                "Reads a token from the standard input, and writes a line for curl that sends it, with a fresh DPoP proof if"
                        + " --dpop-key is given. The line contains the token and the proof: keep it out of logs and histories.",
        mixinStandardHelpOptions = true)
final class CurlCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "METHOD", description = "The method of the request.")
    private String method = "GET";

    @Parameters(index = "1", paramLabel = "URL", description = "The address of the request.")
    private String url = "";

    @Option(names = "--dpop-key", paramLabel = "FILE", description = "The key that the token is bound to, as for mint.")
    private @Nullable Path dpopKey;

    @Option(names = "--nonce", paramLabel = "NONCE", description = "The value of DPoP-Nonce in the API's last answer.")
    private @Nullable String nonce;

    CurlCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String target = checkedUrl();
        if (!method.matches("[A-Z]{1,20}")) {
            throw new UsageException("METHOD: write a method in capital letters, such as GET");
        }
        DecodedToken token = DecodedToken.of(terminal.input());
        if (!token.presented().matches("[A-Za-z0-9._~+/=-]+")) {
            throw new UsageException("The standard input is not a token (RFC 6750 section 2.1)");
        }
        if (dpopKey == null && isBound(token)) {
            terminal.err()
                    .println(
                            "The token is bound to a key (cnf.jkt), and the API refuses it without a proof: pass --dpop-key");
        }
        StringBuilder line = new StringBuilder("curl -i -X " + method);
        line.append(" -H 'Authorization: ")
                .append(dpopKey == null ? "Bearer " : "DPoP ")
                .append(token.presented())
                .append('\'');
        if (dpopKey != null) {
            line.append(" -H 'DPoP: ").append(proof(target, token, dpopKey)).append('\'');
        }
        terminal.line(line.append(" '").append(target).append('\'').toString());
        return Cli.FINE;
    }

    private static boolean isBound(DecodedToken token) {
        return token.claims()
                .filter(claims -> claims.get("cnf") instanceof Map<?, ?> binding && binding.containsKey("jkt"))
                .isPresent();
    }

    private String proof(String target, DecodedToken token, Path key) {
        DpopProofBuilder proof = DpopClient.withKey(KeyFolder.key(key), Clock.systemUTC())
                .proof(method, target.split("[?#]", 2)[0])
                .forToken(token.presented());
        if (nonce != null) {
            proof.claim("nonce", nonce);
        }
        return proof.sign();
    }

    private String checkedUrl() {
        try {
            URI address = new URI(url);
            boolean isWeb = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (isWeb && address.getHost() != null && url.indexOf('\'') < 0) {
                return url;
            }
        } catch (URISyntaxException malformed) {
            // reported below
        }
        throw new UsageException("URL: write an address such as https://api.example.com/orders, without quotes");
    }
}
