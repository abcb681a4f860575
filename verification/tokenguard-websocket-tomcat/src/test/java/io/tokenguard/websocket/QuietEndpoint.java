package io.tokenguard.websocket;

import jakarta.servlet.ServletContext;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;

/** A WebSocket endpoint that sends nothing. Public because the container creates it. */
public final class QuietEndpoint extends Endpoint {
    static void add(ServletContext context, String... paths) {
        ServerContainer container = (ServerContainer) context.getAttribute(ServerContainer.class.getName());
        for (String path : paths) {
            try {
                container.addEndpoint(ServerEndpointConfig.Builder.create(QuietEndpoint.class, path)
                        .build());
            } catch (DeploymentException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    @Override
    public void onOpen(Session session, EndpointConfig configuration) {
        // The connection stays open until the client closes it.
    }
}
