package io.tokenguard.eventloops;

import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import io.tokenguard.access.Decision;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.IncomingRequest.Connection;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

public final class GuardedApi extends AbstractVerticle {
    private final TokenGuard guard;
    private final int port;

    public GuardedApi(TokenGuard guard, int port) {
        this.guard = guard;
        this.port = port;
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(this::decide)
                .listen(port)
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private void decide(HttpServerRequest request) {
        request.pause(); // the body waits for the decision
        guard.decideAsync(describe(request))
                .thenAccept(decision -> context.runOnContext(unused -> {
                    request.resume();
                    answer(request, decision);
                }));
    }

    private static void answer(HttpServerRequest request, Decision decision) {
        HttpServerResponse response = request.response();
        if (decision instanceof Decision.Refused refused) {
            refused.challenge().headers().forEach(response::putHeader);
            response.setStatusCode(refused.challenge().status())
                    .end(refused.challenge().body());
        } else if (decision instanceof Decision.Granted granted) {
            granted.responseHeaders().forEach(response::putHeader);
            String caller = granted.accessToken().flatMap(AccessToken::subject).orElse("nobody");
            response.end("orders of " + caller);
        }
    }

    private static IncomingRequest describe(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("Host");
        String authority = hosts.size() > 1 ? "" : String.valueOf(request.authority());
        return new IncomingRequest(
                request.method().name(),
                decoded(request.path()),
                request.path(),
                request.headers()::getAll,
                new Connection(request.isSSL(), request.remoteAddress().hostAddress(), authority));
    }

    /** A path that can't be decoded stays as it is: the guard refuses it. */
    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            return path;
        }
    }
}
