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
    RESTEASY;

    static {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    RunningServer start(RestApplication application) throws Exception {
        return switch (this) {
            case JERSEY -> JerseyServer.start(application);
            case JERSEY_SERVLET -> JerseyServer.startServlet(application);
            case RESTEASY -> ResteasyServer.start(application);
        };
    }

    /** Starts an application as Jakarta REST describes it. */
    RunningServer start(Application application) throws Exception {
        return switch (this) {
            case JERSEY -> JerseyServer.start(application);
            case JERSEY_SERVLET -> JerseyServer.startServlet(application);
            case RESTEASY -> ResteasyServer.start(application);
        };
    }

    boolean isJersey() {
        return this != RESTEASY;
    }

    boolean hasServlets() {
        return this != JERSEY;
    }
}
