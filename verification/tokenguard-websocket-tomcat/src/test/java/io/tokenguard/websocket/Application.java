package io.tokenguard.websocket;

import io.tokenguard.TokenGuard;
import io.tokenguard.servlet.TokenGuardFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Parts of an application: ways to declare the filter, and ways to add WebSocket endpoints. */
final class Application {
    /** The attribute of the servlet context that contains the guard for {@link RegisteringListener}. */
    static final String GUARD = "guard";

    private static final String[] ENDPOINTS = {"/ws/echo", "/api/orders/events"};

    private Application() {}

    /** Adds the filter as Tomcat does for a {@code web.xml}. */
    static void declare(Context context, TokenGuardFilter filter, DispatcherType... dispatchers) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("tokens");
        definition.setFilter(filter);
        definition.setFilterClass(TokenGuardFilter.class.getName());
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap mapping = new FilterMap();
        mapping.setFilterName("tokens");
        mapping.addURLPattern("/*");
        for (DispatcherType dispatcher : dispatchers) {
            mapping.setDispatcher(dispatcher.name());
        }
        context.addFilterMap(mapping);
    }

    /** Adds the filter as some frameworks do: for requests only, after all filters that are mapped so far. */
    static void mapLast(ServletContext context, TokenGuard guard) {
        FilterRegistration.Dynamic registration = context.addFilter("tokens", new TokenGuardFilter(guard));
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/*");
    }

    /**
     * Maps the filter to every servlet by name, and to paths. The container calls a filter that is mapped to a servlet's name
     * after all that are mapped to paths.
     */
    static void mapToServlets(ServletContext context, TokenGuard guard, String... patterns) {
        FilterRegistration.Dynamic registration = context.addFilter("tokens", new TokenGuardFilter(guard));
        registration.addMappingForServletNames(EnumSet.allOf(DispatcherType.class), false, "*");
        if (patterns.length > 0) {
            registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, patterns);
        }
    }

    /** Registers the filter. Public because the container creates it. */
    public static final class RegisteringListener implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServletContext context = event.getServletContext();
            TokenGuardFilter.register(context, (TokenGuard) context.getAttribute(GUARD));
        }
    }

    /** Adds the endpoints. Public because the container creates it. */
    public static final class EndpointListener implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            QuietEndpoint.add(event.getServletContext(), ENDPOINTS);
        }
    }

    /** Adds the endpoints when the first request arrives. */
    static final class EndpointServlet extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            QuietEndpoint.add(getServletContext(), ENDPOINTS);
        }
    }
}
