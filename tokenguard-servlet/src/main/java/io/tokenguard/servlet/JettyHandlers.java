package io.tokenguard.servlet;

import jakarta.servlet.ServletException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jetty's handlers around an application. One that answers WebSocket upgrades does so before any filter runs. */
final class JettyHandlers {
    private static final String UPGRADE_HANDLER = ".WebSocketUpgradeHandler";

    private JettyHandlers() {}

    /**
     * Requires that no handler between the server and the application answers upgrades.
     *
     * @throws ServletException if one does
     */
    static void requireNoUpgradesBefore(Object servletHandler) throws ReflectiveOperationException, ServletException {
        Object server = Reflected.call(servletHandler, "getServer");
        @Nullable String before = server == null ? null : upgradesOnTheWay(server, servletHandler);
        if (before != null && !before.isEmpty()) {
            throw new ServletException("TokenGuardFilter does not run first: Jetty's handler " + before + " answers"
                    + " WebSocket upgrades before any filter runs. Add the endpoints to the servlet context, by"
                    + " JakartaWebSocketServletContainerInitializer or JettyWebSocketServletContainerInitializer");
        }
    }

    /**
     * The class that answers upgrades between a handler and a target; empty if none does, null if the target is not below.
     */
    private static @Nullable String upgradesOnTheWay(Object handler, Object target)
            throws ReflectiveOperationException {
        if (handler == target) {
            return "";
        }
        String found = "";
        for (Object child : children(handler)) {
            @Nullable String below = upgradesOnTheWay(child, target);
            if (below != null) {
                String own = isUpgrade(handler) ? handler.getClass().getName() : found;
                return own.isEmpty() ? below : own;
            }
            found = isUpgrade(child) ? child.getClass().getName() : found;
        }
        return null;
    }

    private static List<?> children(Object handler) throws ReflectiveOperationException {
        try {
            return Reflected.call(handler, "getHandlers") instanceof List<?> children ? children : List.of();
        } catch (NoSuchMethodException leaf) {
            return List.of();
        }
    }

    private static boolean isUpgrade(Object handler) {
        return Reflected.isA(handler.getClass(), UPGRADE_HANDLER);
    }
}
