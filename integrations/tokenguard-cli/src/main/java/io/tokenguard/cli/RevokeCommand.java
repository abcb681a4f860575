package io.tokenguard.cli;

import io.tokenguard.access.Revocation;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Revokes tokens on all nodes. */
@Command(
        name = "revoke",
        description =
                "Revokes tokens on all nodes, through the shared state that the configuration names or through the console of a"
                        + " running node. Can't be undone. Exits with 1 if the revocation was not stored.",
        mixinStandardHelpOptions = true)
final class RevokeCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Mixin
    private final ConfigOptions options = new ConfigOptions();

    @Mixin
    private final NodeOptions node = new NodeOptions();

    @Option(names = "--issuer", paramLabel = "ISSUER", description = "The issuer of the tokens. Not with --token.")
    private @Nullable String issuer;

    @ArgGroup(multiplicity = "1")
    private final Target target = new Target();

    /** What is revoked: one of these. */
    static final class Target {
        @Option(names = "--token", description = "Revokes the token on the standard input.")
        private boolean isToken;

        @Option(names = "--token-id", paramLabel = "JTI", description = "Revokes one token by its identifier.")
        private @Nullable String tokenId;

        @Option(
                names = "--subject",
                paramLabel = "SUB",
                description = "Revokes the tokens of a subject that were issued before now.")
        private @Nullable String subject;

        @Option(
                names = "--client",
                paramLabel = "CLIENT",
                description = "Revokes the tokens of a client that were issued before now.")
        private @Nullable String client;

        @Option(names = "--session", paramLabel = "SID", description = "Revokes the tokens of a session.")
        private @Nullable String session;

        @Option(names = "--all", description = "Revokes all tokens of the issuer that were issued before now.")
        private boolean isAll;

        /** What the console of a node is asked for. */
        Map<String, String> inWords(@Nullable String issuer, Terminal terminal) {
            if (isToken) {
                return Map.of("kind", "token", "token", terminal.input());
            }
            if (issuer == null) {
                throw new UsageException("--issuer is missing: name the issuer of the tokens");
            }
            if (isAll) {
                return Map.of("kind", "issuer", "issuer", issuer);
            } else if (tokenId != null) {
                return named("token-id", issuer, tokenId);
            } else if (session != null) {
                return named("session", issuer, session);
            } else if (subject != null) {
                return named("subject", issuer, subject);
            }
            return named("client", issuer, Objects.requireNonNull(client));
        }

        private static Map<String, String> named(String kind, String issuer, String name) {
            return Map.of("kind", kind, "issuer", issuer, "name", name);
        }
    }

    RevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Optional<NodeConsole> console = node.find();
        if (console.isPresent()) {
            options.requireNone("--node");
            return throughNode(console.get());
        }
        SharedRevocations shared = new SharedRevocations(options.require(terminal.environment()));
        Revocation revocation = target.isToken ? ofToken() : of(shared);
        boolean isStored = shared.publish(revocation, guard -> guard.revoke(revocation));
        terminal.line(
                isStored
                        ? "Revoked on all nodes that share this state: " + revocation.kind() + " " + revocation.target()
                        : "Not stored, or not read back in time. Call doctor for the state of the store, and revoke again");
        return isStored ? Cli.FINE : Cli.FOUND;
    }

    private int throughNode(NodeConsole console) {
        Map<String, @Nullable Object> result = console.act("revoke", target.inWords(issuer, terminal));
        boolean isStored = Boolean.TRUE.equals(result.get("stored"));
        terminal.line(
                isStored
                        ? "Revoked by the node: " + NodeConsole.text(result, "kind") + " "
                                + NodeConsole.text(result, "target")
                        : "In effect on this node, and not stored as it is configured. Look at the node's log, and revoke again");
        return isStored ? Cli.FINE : Cli.FOUND;
    }

    private Revocation ofToken() {
        try {
            return Revocation.presented(terminal.input());
        } catch (IllegalArgumentException noToken) {
            throw new UsageException("--token: pass the token on the standard input");
        }
    }

    private Revocation of(SharedRevocations shared) {
        if (issuer == null) {
            throw new UsageException("--issuer is missing: name the issuer of the tokens");
        }
        String trusted = shared.trusted(issuer);
        if (target.tokenId != null) {
            return Revocation.token(trusted, target.tokenId);
        } else if (target.session != null) {
            return Revocation.session(trusted, target.session);
        } else if (target.subject != null) {
            return Revocation.subject(trusted, target.subject).issuedBefore(Instant.now());
        } else if (target.isAll) {
            return Revocation.issuer(trusted).issuedBefore(Instant.now());
        }
        return Revocation.client(trusted, Objects.requireNonNull(target.client)).issuedBefore(Instant.now());
    }
}
