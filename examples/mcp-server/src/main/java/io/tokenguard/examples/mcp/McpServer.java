package io.tokenguard.examples.mcp;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.config.Preset;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** A guarded MCP server, with an embedded issuer or with the issuer in a file. */
public final class McpServer {
    /** The scope that a token needs. */
    static final String SCOPE = "mcp:tools";

    private McpServer() {}

    /**
     * Starts the server and leaves it running.
     *
     * @param words {@code [--port N] [--config FILE.properties]}
     */
    public static void main(String... words) {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.config().isPresent()) {
                Path config = arguments.config().get();
                start(arguments.port(), endpoint -> configured(endpoint, config));
            } else {
                startWithIssuer(arguments.port());
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    /** A guard for the endpoint at an address, which is the only accepted audience. */
    static TokenGuard guard(URI endpoint, String issuer) {
        return TokenGuard.builder()
                .preset(Preset.MCP)
                .resource(endpoint)
                .resourceName("Orders")
                .issuer(TrustedIssuer.builder(issuer)
                        .audience(endpoint.toString())
                        .build())
                .route("/mcp scope " + SCOPE)
                .build();
    }

    private static TokenGuard configured(URI endpoint, Path config) {
        return GuardProperties.read(config)
                .withDefaults(Map.of(
                        "tokenguard.preset",
                        "mcp",
                        "tokenguard.resource.uri",
                        endpoint.toString(),
                        "tokenguard.audiences",
                        endpoint.toString(),
                        "tokenguard.routes.mcp",
                        "/mcp scope " + SCOPE))
                .withEnvironment()
                .toBuilder()
                .build();
    }

    private static void startWithIssuer(int port) {
        TestIssuer issuer = TestIssuer.start();
        closeAtExit(issuer::close);
        GuardedServer server = start(port, endpoint -> guard(endpoint, issuer.issuer()));
        System.out.println(Walkthrough.of(server.endpoint(), issuer));
    }

    private static GuardedServer start(int port, GuardedServer.GuardOf guard) {
        GuardedServer server = GuardedServer.start(port, guard);
        closeAtExit(server::close);
        System.out.println("ready " + server.endpoint());
        return server;
    }

    private static void closeAtExit(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "mcp-server-exit"));
    }
}
