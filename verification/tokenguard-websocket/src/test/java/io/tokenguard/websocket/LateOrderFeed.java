package io.tokenguard.websocket;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.WebSocketTokens;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.time.Duration;
import java.util.concurrent.Future;

public final class LateOrderFeed extends Endpoint {
    private final WebSocketTokens tokens;

    LateOrderFeed(WebSocketTokens tokens) {
        this.tokens = tokens;
    }

    static ServerEndpointConfig at(String path, WebSocketTokens tokens) {
        return ServerEndpointConfig.Builder.create(LateOrderFeed.class, path)
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> endpoint) {
                        return endpoint.cast(new LateOrderFeed(tokens));
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        tokens.expect(session, Duration.ofSeconds(10));
        session.addMessageHandler(
                String.class, message -> tokens.received(session, message).ifPresent(token -> begin(session, token)));
    }

    private static void begin(Session session, AccessToken token) {
        boolean mayRead = token.scopes().contains("orders:read");
        String user = token.subject().orElse("nobody");
        Future<Void> unused = session.getAsyncRemote().sendText(mayRead ? "orders of " + user : "nothing");
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        tokens.closed(session);
    }
}
