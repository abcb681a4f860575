package io.tokenguard.cli;

import io.tokenguard.access.Revocation;
import io.tokenguard.internal.audit.SafeText;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Bans a signing key on all nodes. */
@Command(
        name = "ban",
        description =
                "Bans a compromised signing key on all nodes, through the shared state that the configuration names or through"
                        + " the console of a running node. Never expires and can't be undone. Exits with 1 if the ban was not"
                        + " stored.",
        mixinStandardHelpOptions = true)
final class BanCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @ArgGroup(multiplicity = "1")
    private final Target target = new Target();

    /** What is banned: one of these. */
    static final class Target {
        @Option(names = "--key-id", paramLabel = "KID", description = "Bans all keys with this key ID.")
        private @Nullable String keyId;

        @Option(
                names = "--thumbprint",
                paramLabel = "THUMBPRINT",
                description = "Bans the key with this thumbprint (RFC 7638, SHA-256), whatever its key ID.")
        private @Nullable String thumbprint;
    }

    BanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<NodeConsole> console = node.find();
        if (console.isPresent()) {
            options.requireNone("--node");
            return throughNode(console.get());
        }
        Configuration configuration = options.require(terminal.environment());
        SharedRevocations shared = new SharedRevocations(configuration);
        boolean isStored;
        try {
            isStored = target.keyId != null ? byId(shared, target.keyId) : byThumbprint(shared);
        } catch (IllegalArgumentException malformed) {
            throw new UsageException(
                    "--key-id must not be empty; --thumbprint has 43 characters of base64url (see keys)");
        }
        terminal.line(
                isStored
                        ? "Banned on all nodes that share this state"
                        : "Not stored, or not read back in time. Call doctor for the state of the store, and ban again");
        BannedKey.note(PublishedKeys.of(configuration), this::isBanned).ifPresent(terminal::line);
        return isStored ? Cli.FINE : Cli.FOUND;
    }

    private boolean isBanned(KeyRow key) {
        return target.keyId != null
                ? key.keyId().equals(SafeText.value(target.keyId))
                : key.thumbprint().equals(target.thumbprint);
    }

    private int throughNode(NodeConsole console) {
        Map<String, String> body = target.keyId != null
                ? Map.of("keyId", target.keyId)
                : Map.of("thumbprint", Objects.requireNonNull(target.thumbprint));
        boolean isStored = Boolean.TRUE.equals(console.act("ban", body).get("stored"));
        terminal.line(
                isStored
                        ? "Banned by the node"
                        : "In effect on this node, and not stored as it is configured. Look at the node's log, and ban again");
        if (target.keyId != null) {
            BannedKey.note(console, target.keyId).ifPresent(terminal::line);
        }
        return isStored ? Cli.FINE : Cli.FOUND;
    }

    private static boolean byId(SharedRevocations shared, String keyId) {
        return shared.publish(Revocation.keyId(keyId), guard -> guard.banKey(keyId));
    }

    private boolean byThumbprint(SharedRevocations shared) {
        String thumbprint = Objects.requireNonNull(target.thumbprint);
        return shared.publish(Revocation.key(thumbprint), guard -> guard.banKeyByThumbprint(thumbprint));
    }
}
