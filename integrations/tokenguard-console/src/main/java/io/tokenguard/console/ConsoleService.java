package io.tokenguard.console;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.FeedAnswer;
import io.tokenguard.access.IncomingRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the console by values of requests and answers. Observes the guard from its start until it is closed. Thread-safe.
 *
 * @param root the path
 * @param observation what is observed
 * @param console answers
 */
record ConsoleService(String root, Observation observation, Console console) implements TokenGuard.Console {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleService.class);
    private static final String INTERFACE = "/api/**";

    /** RFC 6750 §2.1, RFC 9449 §7.1. */
    private static final List<String> SCHEMES = List.of("Bearer ", "DPoP ");

    /** Starts to observe a guard that has a path for its console. */
    static ConsoleService start(TokenGuard guard, Clock clock) {
        String pattern = guard.consoleRoute().orElseThrow().pattern();
        String root = pattern.substring(0, pattern.length() - INTERFACE.length());
        Observation observation = Observation.start(guard, clock);
        LOG.info("The console is at {}", root);
        return new ConsoleService(root, observation, new Console(root, guard, observation, clock));
    }

    @Override
    public boolean serves(String path) {
        return path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/');
    }

    /** A token from another field may have been added by a proxy, for a browser that was made to send the request. */
    @Override
    public FeedAnswer answer(IncomingRequest request, InputStream body, Optional<AccessToken> token)
            throws IOException {
        Optional<AccessToken> shown =
                token.filter(unused -> isOfToken(request.headers().valuesOf("Authorization")));
        return console.answer(new Call(request.path().substring(root.length()), request, shown, body));
    }

    private static boolean isOfToken(List<String> authorization) {
        return authorization.size() == 1
                && SCHEMES.stream()
                        .anyMatch(scheme -> authorization.get(0).regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    @Override
    public void close() {
        observation.close();
    }
}
