package io.tokenguard.jaxrs;

import jakarta.ws.rs.core.Application;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The runtimes of Jakarta REST that the tests run on; each run has one product on its class path. */
enum RestRuntime {
    /** Jersey on Grizzly, without servlets. */
    JERSEY,
    /** Jersey as a servlet of Jetty. */
    JERSEY_SERVLET,
    /** RESTEasy as a servlet of Jetty. */
    RESTEASY,
    /** RESTEasy on Netty, without servlets. */
    RESTEASY_NETTY;

    static {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    RunningServer start(RestApplication application) throws Exception {
        return switch (this) {
            case JERSEY -> JerseyServer.start(application);
            case JERSEY_SERVLET -> JerseyServer.startServlet(application);
            case RESTEASY -> ResteasyServer.start(application);
            case RESTEASY_NETTY -> ResteasyNettyServer.start(ResteasyServer.deployment(application));
        };
    }

    /** Starts an application as Jakarta REST describes it. */
    RunningServer start(Application application) throws Exception {
        return switch (this) {
            case JERSEY -> JerseyServer.start(application);
            case JERSEY_SERVLET -> JerseyServer.startServlet(application);
            case RESTEASY -> ResteasyServer.start(application);
            case RESTEASY_NETTY -> ResteasyNettyServer.start(ResteasyServer.deployment(application));
        };
    }

    boolean isJersey() {
        return this == JERSEY || this == JERSEY_SERVLET;
    }

    boolean hasServlets() {
        return this == JERSEY_SERVLET || this == RESTEASY;
    }
}
