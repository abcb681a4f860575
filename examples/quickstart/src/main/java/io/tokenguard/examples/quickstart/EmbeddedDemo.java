package io.tokenguard.examples.quickstart;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.TrustedIssuer;
import io.tokenguard.access.Revocation;
import io.tokenguard.testkit.TestIssuer;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The server with an embedded issuer, and an application that gets tokens from it.
 *
 * @param issuer the issuer; its revocation endpoint informs the guard
 * @param server the guarded server
 * @param client the application
 */
record EmbeddedDemo(TestIssuer issuer, GuardedServer server, ClientApplication client) implements AutoCloseable {
    private static final String AUDIENCE = "https://api.example.com";

    static EmbeddedDemo start(int port) {
        AtomicReference<@Nullable TokenGuard> built = new AtomicReference<>();
        TestIssuer issuer = TestIssuer.builder()
                .audience(AUDIENCE)
                .onRevocation(token -> Objects.requireNonNull(built.get()).revoke(Revocation.presented(token)))
                .start();
        GuardedServer server = GuardedServer.start(port, address -> {
            TokenGuard guard =
                    DemoRoutes.addTo(settings(address, issuer), List.of()).build();
            built.set(guard);
            Quickstart.closeAtExit(guard::close);
            return guard;
        });
        return new EmbeddedDemo(issuer, server, ClientApplication.start(issuer, server.address()));
    }

    private static TokenGuardBuilder settings(URI address, TestIssuer issuer) {
        return TokenGuard.builder()
                .resource(address)
                .resourceName("TokenGuard's quickstart")
                .consolePath(Quickstart.CONSOLE)
                .consoleScope(Quickstart.CONSOLE_SCOPE)
                .issuer(TrustedIssuer.builder(issuer.issuer())
                        .audience(AUDIENCE)
                        .build());
    }

    @Override
    public void close() {
        client.close();
        server.close();
        issuer.close();
    }
}
