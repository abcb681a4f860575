package io.tokenguard.cli;

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
        List<Map<String, Object>> json = new ArrayList<>();
        boolean areAllUsable = true;
        for (PublishedKeys keys : PublishedKeys.of(options.require(terminal.environment()))) {
            areAllUsable &= keys.hasUsable();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("issuer", keys.issuer());
            row.put("keys", keys.rows().stream().map(KeyRow::json).toList());
            json.add(row);
            if (!isJson) {
                terminal.line(keys.issuer());
                keys.rows().forEach(key -> terminal.line("  " + key.line()));
                terminal.lines(keys.report().problems(terminal.ansi()));
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
}
