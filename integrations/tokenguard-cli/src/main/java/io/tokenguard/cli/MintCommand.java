package io.tokenguard.cli;

import io.tokenguard.internal.jose.JsonLimits;
import io.tokenguard.internal.jose.JsonReader;
import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.testkit.TestIssuer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Signs a token for development. */
@Command(
        name = "mint",
        description =
                "For development only: signs a token of the issuer that serve-issuer runs with the same --keys, and writes it to"
                        + " the standard output.",
        mixinStandardHelpOptions = true)
final class MintCommand implements Callable<Integer> {
    private static final String CLAIM =
            "--claim: write a name and a JSON value, such as --claim 'tenant=\"a\"' or --claim 'level=2'";

    private final Terminal terminal;

    @Option(
            names = "--keys",
            required = true,
            paramLabel = "FOLDER",
            description = "The folder with the issuer's key; the key is created if there is none.")
    private Path keys = Path.of(".");

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The issuer. Default: ${DEFAULT-VALUE}, as serve-issuer runs it.")
    private String issuer = ServeIssuerCommand.USUAL_ISSUER;

    @Option(names = "--subject", paramLabel = "SUB", description = "The subject. Default: the client itself.")
    private @Nullable String subject;

    @Option(names = "--client", paramLabel = "CLIENT", description = "The client. Default: ${DEFAULT-VALUE}.")
    private String client = "development";

    @Option(names = "--audience", split = ",", paramLabel = "AUDIENCE", description = "Default: ${DEFAULT-VALUE}.")
    private List<String> audiences = List.of("https://api.example.com");

    @Option(names = "--scope", split = ",", paramLabel = "SCOPE", description = "Scopes; may be repeated.")
    private List<String> scopes = List.of();

    @Option(names = "--role", split = ",", paramLabel = "ROLE", description = "Roles, in the claim roles.")
    private List<String> roles = List.of();

    @Option(
            names = "--claim",
            paramLabel = "NAME=JSON",
            description = "A further claim, such as 'tenant=\"a\"' or 'groups=[\"x\"]'; may be repeated.")
    private List<String> claims = List.of();

    @Option(
            names = "--lifetime",
            paramLabel = "TIME",
            description = "Such as 30s, 5m or 1h. Default: ${DEFAULT-VALUE}.")
    private String lifetime = "5m";

    @Option(
            names = "--dpop-key",
            paramLabel = "FILE",
            description = "Binds the token to the key in this file, for curl; created if there is none.")
    private @Nullable Path dpopKey;

    MintCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Minted token = new Minted(issuer, Optional.ofNullable(subject), client, audiences, scopes, duration(lifetime));
        terminal.err().println("For development only: this token is signed with a key in a plain file");
        try (TestIssuer signer =
                TestIssuer.builder().keys(KeyFolder.issuerKey(keys)).start()) {
            terminal.line(
                    token.sign(signer, claims(), Optional.ofNullable(dpopKey).map(KeyFolder::key)));
        }
        return Cli.FINE;
    }

    private Map<String, @Nullable Object> claims() {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        if (!roles.isEmpty()) {
            all.put("roles", roles);
        }
        for (String claim : claims) {
            int sign = claim.indexOf('=');
            if (sign < 1) {
                throw new UsageException(CLAIM);
            }
            all.put(claim.substring(0, sign), value(claim.substring(sign + 1)));
        }
        return all;
    }

    private static @Nullable Object value(String json) {
        try {
            byte[] document = ("{\"value\":" + json + "}").getBytes(StandardCharsets.UTF_8);
            Map<String, @Nullable Object> read = JsonReader.readObject(document, JsonLimits.CLAIMS);
            if (read.size() == 1) {
                return read.get("value");
            }
        } catch (MalformedException malformed) {
            // reported below
        }
        throw new UsageException(CLAIM);
    }

    private static Duration duration(String text) {
        try {
            Duration read = Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
            if (read.isNegative() || read.isZero() || read.compareTo(Duration.ofDays(30)) > 0) {
                throw new UsageException("--lifetime: write a time up to 720h");
            }
            return read;
        } catch (DateTimeParseException malformed) {
            throw new UsageException("--lifetime: write a time such as 30s, 5m or 1h");
        }
    }
}
