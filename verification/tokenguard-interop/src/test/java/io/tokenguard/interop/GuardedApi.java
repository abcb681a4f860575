package io.tokenguard.interop;

import io.tokenguard.TokenGuard;
import io.tokenguard.TokenGuardBuilder;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Confirmation;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.jspecify.annotations.Nullable;

/** An API behind the filter, which answers with what the sender has proven and, in a field, who acts. */
final class GuardedApi implements AutoCloseable {
    private final AtomicReference<@Nullable RefusalReason> lastRefusal = new AtomicReference<>();
    private final TokenGuard guard;
    private final LoopbackServer server;

    GuardedApi(TokenGuardBuilder settings) throws Exception {
        guard = settings.observer(refusal -> lastRefusal.set(refusal.reason()))
                .route("/orders scope " + SpringServer.SCOPE)
                .build();
        ServletContainerInitializer filter = (classes, context) -> TokenGuardFilter.register(context, guard);
        server = LoopbackServer.start((context, address) -> {
            context.addServletContainerInitializer(filter);
            context.addServlet(new ServletHolder(new Orders()), "/orders");
        });
    }

    URI orders() {
        return server.address().resolve("/orders");
    }

    /** Why the guard refused last; empty where it has refused nothing. */
    Optional<RefusalReason> lastRefusal() {
        return Optional.ofNullable(lastRefusal.get());
    }

    @Override
    public void close() {
        server.close();
        guard.close();
    }

    private static final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            AccessToken token = TokenGuardFilter.accessToken(request).orElseThrow();
            response.setHeader("SubjectKind", token.subjectKind().name());
            response.getWriter().print(describe(token.confirmation()));
        }

        private static String describe(Confirmation proven) {
            return proven instanceof Confirmation.DpopKey key
                    ? key.thumbprint()
                    : proven.getClass().getSimpleName();
        }
    }
}
