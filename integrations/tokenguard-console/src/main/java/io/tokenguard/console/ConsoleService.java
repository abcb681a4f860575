package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.IncomingRequest.Connection;
import io.tokenguard.access.Route;
import io.tokenguard.servlet.FilterEndpoint;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the console by servlets. Observes the guard from its start until it is closed. Thread-safe. */
final class ConsoleService implements FilterEndpoint.Service {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);
    private static final String INTERFACE = "/api/**";

    /** The attribute in which the filter leaves the connection. */
    private static final String CONNECTION = Connection.class.getName();

    /** RFC 6750 §2.1, RFC 9449 §7.1. */
    private static final List<String> SCHEMES = List.of("Bearer ", "DPoP ");

    private final String root;
    private final Observation observation;
    private final Console console;

    private ConsoleService(String root, Observation observation, Console console) {
        this.root = root;
        this.observation = observation;
        this.console = console;
    }

    /**
     * Starts to observe the guard.
     *
     * @param route the rule of the interface
     */
    static ConsoleService start(TokenGuard guard, Route route, Clock clock) {
        String root = route.pattern().substring(0, route.pattern().length() - INTERFACE.length());
        Observation observation = Observation.start(guard, clock);
        LOG.info("The console is at {}", root);
        return new ConsoleService(root, observation, new Console(root, guard, observation, clock));
    }

    @Override
    public boolean serves(String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    @Override
    public void serve(
            HttpServletRequest request, String path, Optional<AccessToken> token, HttpServletResponse response)
            throws IOException {
        Connection connection = request.getAttribute(CONNECTION) instanceof Connection known
                ? known
                : new Connection(request.isSecure(), "", "");
        Call call = new Call(
                request.getMethod(),
                path.substring(root.length()),
                Optional.ofNullable(request.getContentType()).orElse(""),
                // A token from another field may have been added by a proxy, for a browser that was made to send the
                // request.
                token.filter(unused -> isOfToken(request.getHeader("Authorization"))),
                connection,
                request.getInputStream());
        Answer answer = console.answer(call);
        response.setStatus(answer.status());
        answer.headers().forEach(response::setHeader);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static boolean isOfToken(@Nullable String authorization) {
        return authorization != null
                && SCHEMES.stream()
                        .anyMatch(scheme -> authorization.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    @Override
    public void close() {
        observation.close();
    }
}
