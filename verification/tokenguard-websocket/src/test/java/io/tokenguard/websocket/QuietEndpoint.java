package io.tokenguard.websocket;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpointConfig;

/** A WebSocket endpoint that says nothing. Public because containers make it. */
public final class QuietEndpoint extends Endpoint {
    static ServerEndpointConfig configuration() {
        return ServerEndpointConfig.Builder.create(QuietEndpoint.class, "/ws/echo")
                .build();
    }

    @Override
    public void onOpen(Session session, EndpointConfig configuration) {
        // The connection stays as it is until the client closes it.
    }
}
