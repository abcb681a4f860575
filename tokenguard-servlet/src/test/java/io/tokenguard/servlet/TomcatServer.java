package io.tokenguard.servlet;

import jakarta.servlet.ServletContext;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

final class TomcatServer {
    /** Tests make requests fail on purpose; held here because the logging of the JDK forgets loggers. */
    private static final Logger LOG = Logger.getLogger("org.apache");

    private TomcatServer() {}

    static RunningServer start(Application application) throws Exception {
        LOG.setLevel(Level.OFF);
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(application.documentRoot().toString());
        tomcat.setPort(0);
        tomcat.getConnector().setProperty("address", application.address());
        tomcat.getConnector().setProperty("maxHttpRequestHeaderSize", "131072");
        tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
        if (application.trustsForwarding()) {
            tomcat.getEngine().getPipeline().addValve(forwarding());
        }
        if (application.isLax()) {
            takeEveryPath(tomcat.getConnector());
        }
        Context context = tomcat.addContext(
                application.contextPath(), application.documentRoot().toString());
        context.setIgnoreAnnotations(true);
        context.setMapperContextRootRedirectEnabled(!application.isLax());
        application.welcomeFiles().forEach(context::addWelcomeFile);
        application.errorPages().forEach((status, path) -> context.addErrorPage(errorPage(status, path)));
        context.addServletContainerInitializer(application, Set.of());
        if (application.servesFiles()) {
            context.addServletContainerInitializer(TomcatServer::addFiles, Set.of());
        }
        tomcat.start();
        if (context.getState() != LifecycleState.STARTED) {
            tomcat.stop();
            throw new IllegalStateException("The application did not start");
        }
        return new RunningServer(tomcat.getConnector().getLocalPort(), () -> stop(tomcat));
    }

    private static RemoteIpValve forwarding() {
        RemoteIpValve valve = new RemoteIpValve();
        valve.setProtocolHeader("X-Forwarded-Proto");
        return valve;
    }

    private static void takeEveryPath(Connector connector) {
        connector.setEncodedSolidusHandling("decode");
        connector.setEncodedReverseSolidusHandling("decode");
        connector.setAllowBackslash(true);
        connector.setProperty("relaxedPathChars", "\"<>[\\]^`{|}");
    }

    private static void addFiles(Set<Class<?>> classes, ServletContext context) {
        context.addServlet("default", new DefaultServlet()).addMapping("/");
    }

    private static void stop(Tomcat tomcat) throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }

    private static ErrorPage errorPage(int status, String path) {
        ErrorPage page = new ErrorPage();
        page.setErrorCode(status);
        page.setLocation(path);
        return page;
    }
}
