package io.tokenguard.examples.forwardauth;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.testkit.TestIssuer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** An endpoint for gateways, with an embedded issuer, or with the issuer and routes in a file. */
public final class ForwardAuth {
    static final String AUDIENCE = "https://api.example.com";
    static final String SCOPE = "orders:read";

    private ForwardAuth() {}

    /**
     * Starts the endpoint and leaves it running.
     *
     * @param words {@code --gateway nginx|traefik|envoy [--host ADDRESS] [--port N] [--trusted ADDRESS,…]
     *     [--config FILE.properties]}
     */
    public static void main(String... words) {
        try {
            Arguments arguments = Arguments.parse(words);
            if (arguments.config().isPresent()) {
                start(arguments, configured(arguments, arguments.config().get()));
            } else {
                startWithIssuer(arguments);
            }
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
        }
    }

    /** A guard that takes the address of a client's request from the gateways. */
    static TokenGuard guard(String issuer, List<String> trusted) {
        return TokenGuard.builder()
                .issuer(TrustedIssuer.builder(issuer).audience(AUDIENCE).build())
                .trustedProxies(trusted.toArray(String[]::new))
                .route("GET /health public")
                .route("GET /orders/** scope " + SCOPE)
                .build();
    }

    private static TokenGuard configured(Arguments arguments, Path config) {
        return GuardProperties.read(config)
                .withDefaults(Map.of("tokenguard.trusted-proxies", String.join(",", arguments.trusted())))
                .withEnvironment()
                .toBuilder()
                .build();
    }

    private static void startWithIssuer(Arguments arguments) {
        TestIssuer issuer = TestIssuer.start();
        closeAtExit(issuer::close);
        AuthServer server = start(arguments, guard(issuer.issuer(), arguments.trusted()));
        System.out.println(Walkthrough.of(arguments.gateway(), server.address(), issuer));
    }

    private static AuthServer start(Arguments arguments, TokenGuard guard) {
        AuthServer server = AuthServer.start(arguments, guard);
        closeAtExit(server::close);
        System.out.println("ready " + server.address());
        return server;
    }

    private static void closeAtExit(Runnable close) {
        Runtime.getRuntime().addShutdownHook(new Thread(close, "forward-auth-exit"));
    }
}
