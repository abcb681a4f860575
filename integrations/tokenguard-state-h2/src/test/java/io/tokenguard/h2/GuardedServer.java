package io.tokenguard.h2;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.Revocation;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * A guarded servlet in a process of its own, configured by properties only. A POST revokes the token of the user that it
 * names.
 */
final class GuardedServer {
    private GuardedServer() {}

    /** Arguments: the issuer, the folder, and a file with the issuer's keys. Says its port, or why it does not start. */
    public static void main(String[] arguments) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler("/");
        FilterHolder filter = new FilterHolder(TokenGuardFilter.class);
        filter.setAsyncSupported(true);
        filter.setInitParameter("tokenguard.issuer-uri", arguments[0]);
        filter.setInitParameter("tokenguard.jwks-file", arguments[2]);
        // A busy machine may take longer than usual to read a file.
        filter.setInitParameter("tokenguard.jwks.timeout", "30s");
        filter.setInitParameter("tokenguard.audiences", "https://api.example.com");
        filter.setInitParameter("tokenguard.routes.revoke", "POST /revoke public");
        filter.setInitParameter("tokenguard.routes.orders", "GET /orders authenticated");
        filter.setInitParameter("tokenguard.state.folder", arguments[1]);
        context.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder(new Orders(arguments[0])), "/*");
        server.setHandler(context);
        try {
            server.start();
            System.out.println(connector.getLocalPort());
        } catch (Exception refused) {
            System.out.println(refused);
            System.exit(1);
        }
    }

    private static final class Orders extends HttpServlet {
        private static final long serialVersionUID = 1L;
        private final String issuer;

        private Orders(String issuer) {
            this.issuer = issuer;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            response.setStatus(200);
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            TokenGuard guard = (TokenGuard) getServletContext().getAttribute(TokenGuard.class.getName());
            boolean isKept = guard.revoke(Revocation.token(issuer, request.getParameter("id")));
            response.setStatus(isKept ? 200 : 500);
        }
    }
}
