package io.tokenguard.cli;

import io.tokenguard.internal.jose.MalformedException;
import io.tokenguard.internal.settings.IssuerSettings;
import io.tokenguard.internal.settings.KeyLocation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the keys of each issuer. */
@Command(
        name = "keys",
        description =
                "Lists the keys of each issuer: key ID, type, algorithms, thumbprint, and why a key is not used; or the keys that a"
                        + " running node uses, and their state. Exits with 1 if an issuer has no usable key.",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean isJson;

    KeysCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<NodeConsole> console = node.find();
        if (console.isPresent()) {
            options.requireNone("--node");
            return ofNode(console.get());
        }
        List<IssuerSettings> issuers = options.require(terminal.environment()).settings().issuers().stream()
                .filter(issuer -> !issuer.isUnnamed() && !issuer.isTemplate())
                .filter(issuer -> !(issuer.keys().location() instanceof KeyLocation.Secret))
                .flatMap(issuer -> issuer.perTenant().stream())
                .toList();
        List<Map<String, Object>> json = new ArrayList<>();
        boolean areAllUsable = true;
        for (IssuerSettings issuer : issuers) {
            Report report = new Report();
            List<KeyRow> rows = rows(issuer, report);
            areAllUsable &= rows.stream().anyMatch(KeyRow::isUsable);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("issuer", issuer.issuer());
            row.put("keys", rows.stream().map(KeyRow::json).toList());
            json.add(row);
            if (!isJson) {
                terminal.line(issuer.issuer());
                rows.forEach(key -> terminal.line("  " + key.line()));
                terminal.lines(report.problems());
            }
        }
        if (isJson) {
            terminal.line(JsonText.of(json));
        }
        return areAllUsable ? Cli.FINE : Cli.FOUND;
    }

    private int ofNode(NodeConsole console) {
        List<Map<?, ?>> issuers = NodeConsole.objects(console.read("keys"), "issuers");
        if (isJson) {
            terminal.line(JsonText.of(issuers));
        } else {
            issuers.forEach(issuer -> terminal.lines(List.of(
                    NodeConsole.text(issuer, "issuer"),
                    "  " + NodeConsole.text(issuer, "state") + ", key IDs " + NodeConsole.text(issuer, "keyIds")
                            + ", loaded at " + NodeConsole.text(issuer, "loadedAt"))));
        }
        boolean areUsable = issuers.stream()
                .map(issuer -> NodeConsole.text(issuer, "state"))
                .allMatch(state -> state.equals("FRESH") || state.equals("DEGRADED"));
        return areUsable ? Cli.FINE : Cli.FOUND;
    }

    private static List<KeyRow> rows(IssuerSettings issuer, Report report) {
        try {
            Optional<byte[]> document = document(issuer, report);
            return document.isEmpty() ? List.of() : KeySetProbe.rows(issuer, document.get());
        } catch (MalformedException | IOException unreadable) {
            report.error("key set", issuer.keyPrefix() + "jwks", "can't be read", "call doctor for the reason");
            return List.of();
        }
    }

    private static Optional<byte[]> document(IssuerSettings issuer, Report report) throws IOException {
        KeyLocation location = issuer.keys().location();
        if (location instanceof KeyLocation.In in) {
            return Optional.of(Files.readAllBytes(in.jwksFile()));
        }
        DocumentProbe documents = DocumentProbe.of(IssuerReach.of(issuer));
        Optional<URI> address = location instanceof KeyLocation.At at
                ? Optional.of(at.jwksUri())
                : new MetadataProbe(issuer, report, Clock.systemUTC())
                        .keysIn(MetadataProbe.addresses(issuer), documents);
        return address.flatMap(documents::get).map(DocumentProbe.Answer::body);
    }
}
