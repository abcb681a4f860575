package io.tokenguard.websocket;

import io.tokenguard.access.AccessToken;
import io.tokenguard.servlet.WebSocketTokens;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.concurrent.Future;

public final class OrderFeed extends Endpoint {
    private final WebSocketTokens tokens;

    OrderFeed(WebSocketTokens tokens) {
        this.tokens = tokens;
    }

    /** To be passed to {@code ServerContainer.addEndpoint}. */
    static ServerEndpointConfig at(String path, WebSocketTokens tokens) {
        return ServerEndpointConfig.Builder.create(OrderFeed.class, path)
                .subprotocols(List.of("orders.v1"))
                .configurator(new ServerEndpointConfig.Configurator() {
                    @Override
                    public <T> T getEndpointInstance(Class<T> endpoint) {
                        return endpoint.cast(new OrderFeed(tokens));
                    }
                })
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
        tokens.opened(session).ifPresent(token -> begin(session, token));
    }

    private static void begin(Session session, AccessToken token) {
        String user = token.subject().orElse("nobody");
        Future<Void> unused = session.getAsyncRemote().sendText("orders of " + user);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
        tokens.closed(session);
    }
}
