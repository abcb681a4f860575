package io.tokenguard.interop;

import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.servlet.BackChannelLogoutServlet;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;

/** An API by properties, which answers with who acts; it also receives logout tokens. */
final class KeycloakApi implements AutoCloseable {
    private final AtomicReference<@Nullable RefusalReason> lastRefusal = new AtomicReference<>();
    private final AtomicReference<TokenGuard> guard = new AtomicReference<>();
    private final LoopbackServer server;

    /** An API for an issuer that need not be there yet. */
    KeycloakApi(URI issuer, Map<String, String> more) throws Exception {
        server = LoopbackServer.start((context, address) -> {
            Map<String, String> settings = new HashMap<>(more);
            if (!more.containsKey("tokenguard.introspection.uri")) {
                settings.put("tokenguard.issuer-uri", issuer.toString());
            }
            settings.put("tokenguard.audiences", "orders-api");
            settings.put("tokenguard.resource.hosts", address.getRawAuthority());
            settings.put("tokenguard.routes.logout", "POST /logout public");
            TokenGuard built = GuardProperties.of(settings).toBuilder()
                    .observer(refusal -> lastRefusal.set(refusal.reason()))
                    .build();
            guard.set(built);
            ServletContainerInitializer filter =
                    (classes, application) -> TokenGuardFilter.register(application, built);
            context.addServletContainerInitializer(filter);
            context.addServlet(new ServletHolder(new BackChannelLogoutServlet(built)), "/logout");
            context.addServlet(new ServletHolder(new Who()), "/*");
        });
    }

    URI resolve(String path) {
        return server.address().resolve(path);
    }

    boolean awaitReady() {
        return guard.get().awaitReady(Duration.ofMinutes(1));
    }

    HTTPResponse get(String path, AccessToken token) throws IOException {
        return NimbusClient.get(resolve(path), token, null);
    }

    HTTPResponse get(String path, AccessToken token, SignedJWT proof) throws IOException {
        return NimbusClient.get(resolve(path), token, proof);
    }

    /** Why the guard refused last; empty if it has refused nothing. */
    Optional<RefusalReason> lastRefusal() {
        return Optional.ofNullable(lastRefusal.get());
    }

    @Override
    public void close() {
        server.close();
        guard.get().close();
    }

    private static final class Who extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            io.tokenguard.access.AccessToken token =
                    TokenGuardFilter.accessToken(request).orElseThrow();
            response.getWriter()
                    .print(token.subjectKind() + " " + token.clientId().orElse("none") + " "
                            + token.confirmation().getClass().getSimpleName());
        }
    }
}
