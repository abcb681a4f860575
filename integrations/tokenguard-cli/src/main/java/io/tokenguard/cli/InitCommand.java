package io.tokenguard.cli;

import io.tokenguard.access.ConfigurationException;
import io.tokenguard.internal.settings.IssuerSettings;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes properties for an issuer. */
@Command(
        name = "init",
        description =
                "Asks an issuer for its metadata, and writes commented properties to the standard output. Exits with 2 if it"
                        + " has none.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Option(
            names = "--issuer",
            required = true,
            paramLabel = "URL",
            description = "The issuer, such as https://login.example.com/realms/shop.")
    private String issuer = "";

    @Option(
            names = "--audience",
            paramLabel = "AUDIENCE",
            description = "The name of this API that the issuer writes into aud.")
    private @Nullable String audience;

    InitCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        IssuerSettings asked = settings();
        requireConnection(asked);
        DocumentProbe documents = DocumentProbe.of(IssuerReach.of(asked));
        for (URI address : MetadataProbe.addresses(asked)) {
            Optional<Map<String, @Nullable Object>> metadata =
                    documents.get(address).flatMap(MetadataProbe::members);
            if (metadata.isPresent()) {
                terminal.lines(new WrittenProperties(address, metadata.get(), Optional.ofNullable(audience)).lines());
                return Cli.FINE;
            }
        }
        throw new UsageException("The issuer has no metadata at any of " + MetadataProbe.addresses(asked)
                + ". Check the address; doctor shows each answer");
    }

    private void requireConnection(IssuerSettings asked) {
        Report report = new Report();
        URI address = MetadataProbe.addresses(asked).get(0);
        if (!new ConnectionProbe(IssuerReach.of(asked), report).connects(address)) {
            throw new UsageException(
                    "The issuer can't be reached:\n" + String.join("\n", report.problems(terminal.ansi())));
        }
    }

    private IssuerSettings settings() {
        try {
            return new Configuration(Map.of("tokenguard.issuer-uri", issuer, "tokenguard.audiences", "any"))
                    .settings()
                    .issuers()
                    .get(0);
        } catch (ConfigurationException wrong) {
            throw new UsageException("--issuer: " + wrong.remedy());
        }
    }
}
