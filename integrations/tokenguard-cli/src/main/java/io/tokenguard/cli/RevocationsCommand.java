package io.tokenguard.cli;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the revocations in the shared state. */
@Command(
        name = "revocations",
        description =
                "Lists the revocations and bans in the shared state that the configuration names, or up to 500 that a running node"
                        + " knows. What is revoked is shown as a hash. Exits with 1 if they can't be read.",
        mixinStandardHelpOptions = true)
final class RevocationsCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean isJson;

    RevocationsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<NodeConsole> console = node.find();
        if (console.isPresent()) {
            options.requireNone("--node");
            return ofNode(console.get());
        }
        SharedRevocations shared = new SharedRevocations(options.require(terminal.environment()));
        try (SharedStore store = SharedStore.open(shared.shared())) {
            Optional<String> trouble = store.awaitSync();
            if (trouble.isPresent()) {
                terminal.err().println("The shared state can't be read: " + trouble.get() + ". Call doctor");
                return Cli.FOUND;
            }
            List<Revocation> known = store.revocations().stream()
                    .sorted(Comparator.comparing(Revocation::kind).thenComparing(Revocation::target))
                    .toList();
            if (isJson) {
                terminal.line(
                        JsonText.of(known.stream().map(RevocationsCommand::json).toList()));
            } else {
                known.forEach(revocation -> terminal.line(line(revocation)));
                terminal.line(known.size() + " revocations");
            }
            return Cli.FINE;
        }
    }

    private int ofNode(NodeConsole console) {
        Map<String, @Nullable Object> document = console.read("revocations");
        List<Map<?, ?>> known = NodeConsole.objects(document, "revocations");
        if (isJson) {
            terminal.line(JsonText.of(known));
            return Cli.FINE;
        }
        known.forEach(revocation -> terminal.line(Step.padded(NodeConsole.text(revocation, "kind"), 12)
                + NodeConsole.text(revocation, "target")
                + prefixed(", issued before ", NodeConsole.text(revocation, "issuedBefore"))
                + prefixed(", until ", NodeConsole.text(revocation, "until"))));
        terminal.line(known.size()
                + (Boolean.TRUE.equals(document.get("hasMore"))
                        ? " revocations shown, there are more"
                        : " revocations"));
        return Cli.FINE;
    }

    private static String prefixed(String prefix, String text) {
        return text.isEmpty() ? "" : prefix + text;
    }

    private static String line(Revocation revocation) {
        return Step.padded(revocation.kind().name(), 12)
                + revocation.target()
                + revocation
                        .issuedBefore()
                        .map(time -> ", issued before " + time)
                        .orElse("")
                + revocation.forgetAt().map(time -> ", until " + time).orElse("");
    }

    private static Map<String, Object> json(Revocation revocation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("kind", revocation.kind());
        json.put("target", revocation.target());
        json.put("issuedBefore", revocation.issuedBefore().map(Instant::toString));
        json.put("until", revocation.forgetAt().map(Instant::toString));
        return json;
    }
}
