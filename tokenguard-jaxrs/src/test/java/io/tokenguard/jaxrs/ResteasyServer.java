package io.tokenguard.jaxrs;

import jakarta.ws.rs.core.Application;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jboss.resteasy.core.ResteasyDeploymentImpl;
import org.jboss.resteasy.plugins.server.servlet.HttpServletDispatcher;
import org.jboss.resteasy.spi.ResteasyDeployment;

final class ResteasyServer {
    private ResteasyServer() {}

    static RunningServer start(RestApplication application) throws Exception {
        return start(application, deployment(application));
    }

    static RunningServer start(Application application) throws Exception {
        return start(new RestApplication(), deployment(application));
    }

    static ResteasyDeployment deployment(RestApplication application) {
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.getProviders().addAll(application.components());
        application.resources().forEach(resource -> {
            if (resource instanceof Class<?> type) {
                deployment.getActualResourceClasses().add(type);
            } else {
                deployment.getResources().add(resource);
            }
        });
        return deployment;
    }

    static ResteasyDeployment deployment(Application application) {
        ResteasyDeployment deployment = new ResteasyDeploymentImpl();
        deployment.setApplication(application);
        return deployment;
    }

    private static RunningServer start(RestApplication application, ResteasyDeployment deployment) throws Exception {
        deployment.setAsyncJobServiceEnabled(false);
        deployment.start();
        ServletContextHandler context = new ServletContextHandler();
        context.setAttribute(ResteasyDeployment.class.getName(), deployment);
        RunningServer server = JettyServer.start(application, context, new HttpServletDispatcher());
        return new RunningServer(server.port(), () -> {
            server.close();
            deployment.stop();
        });
    }
}
