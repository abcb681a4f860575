package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the container call the filter first and for every kind of dispatch, however a framework has mapped it. The Servlet
 * API does not expose the dispatcher types of a mapping, so a mapping for the others is added during initialization.
 */
final class FilterPlacement {
    private static final Logger LOG = LoggerFactory.getLogger(TokenGuardFilter.class);

    private static final String METHOD_FILTER = "HiddenHttpMethodFilter";

    /** Of Spring's MockMvc, which calls filters without a container. */
    private static final String WITHOUT_CONTAINER = "springframework.mock.web.MockServletContext";

    private FilterPlacement() {}

    /**
     * Completes the mappings of a filter that is being initialized.
     *
     * @param isComplete whether the filter is known to be mapped for every kind of dispatch
     * @return undoes what outlives the filter
     * @throws ServletException if the filter can't be called for every dispatch, if another part answers before it, or if it
     *     is mapped to servlet names only
     */
    static Runnable secure(FilterConfig config, boolean isComplete) throws ServletException {
        if (!isInContainer(config.getServletContext())) {
            return () -> {};
        }
        requirePaths(config);
        warnOfUnguardedPaths(config);
        changedMethods(config.getServletContext().getFilterRegistrations().values().stream()
                        .<@Nullable String>map(FilterRegistration::getClassName)
                        .toList())
                .ifPresent(LOG::warn);
        Optional<JettyFilters> jetty = JettyFilters.of(config.getServletContext());
        if (jetty.isPresent()) {
            return jetty.get().secure(config.getFilterName());
        }
        if (!isComplete) {
            mapForEveryDispatch(config);
        }
        return () -> {};
    }

    /** Whether there are filters at all: a context without any, as in unit tests, dispatches nothing, and neither does MockMvc's. */
    static boolean isInContainer(ServletContext context) {
        if (Reflected.isA(context.getClass(), WITHOUT_CONTAINER)) {
            return false;
        }
        @Nullable Map<String, ? extends FilterRegistration> filters = context.getFilterRegistrations();
        return filters != null && !filters.isEmpty();
    }

    /**
     * Servlet 6.0 §6.2.4: filters that match by servlet name run after all that match by path. One of those may answer by
     * itself, such as Tomcat's filter for WebSocket upgrades. Tomcat does not list the servlet name {@code *} here.
     */
    private static void requirePaths(FilterConfig config) throws ServletException {
        FilterRegistration registration = config.getServletContext().getFilterRegistration(config.getFilterName());
        if (registration == null) {
            return;
        }
        Collection<String> servlets = registration.getServletNameMappings();
        Collection<String> patterns = registration.getUrlPatternMappings();
        boolean isByPathOnly = servlets.isEmpty()
                && !patterns.isEmpty()
                && !TomcatFilters.mapsToEveryServlet(config.getServletContext(), config.getFilterName());
        if (!isByPathOnly && !patterns.contains("/*")) {
            throw new ServletException("TokenGuardFilter '" + config.getFilterName()
                    + "' is mapped to servlet names, or"
                    + " not at all: its URL patterns are " + patterns + ". Filters that are mapped to URL patterns run"
                    + " before it, and can answer WebSocket upgrades. Map it to the URL pattern /*, or register it with"
                    + " TokenGuardFilter.register");
        }
    }

    private static void warnOfUnguardedPaths(FilterConfig config) {
        FilterRegistration registration = config.getServletContext().getFilterRegistration(config.getFilterName());
        if (registration != null) {
            unguarded(config.getFilterName(), registration.getUrlPatternMappings())
                    .ifPresent(LOG::warn);
        }
    }

    /** Which paths a mapping leaves unguarded; empty if it covers every path. */
    static Optional<String> unguarded(String name, Collection<String> patterns) {
        return patterns.contains("/*")
                ? Optional.empty()
                : Optional.of("TokenGuardFilter '" + name + "' is mapped to " + patterns + " only: all other paths are"
                        + " unguarded, including those to which a guarded request is forwarded. Map it to /*, and write"
                        + " a public route for what is open");
    }

    /**
     * Describes a filter that replaces the method of a request by one that the client sends in a field, as Spring's
     * {@code HiddenHttpMethodFilter} does; empty if there is none. The Servlet API does not say which filter is called first.
     */
    static Optional<String> changedMethods(Collection<? extends @Nullable String> filterClasses) {
        return filterClasses.stream()
                .filter(name -> name != null && name.endsWith(METHOD_FILTER))
                .findFirst()
                .map(name -> name + " lets clients replace the method of a POST by PUT, PATCH or DELETE. Behind"
                        + " TokenGuardFilter it does so after the decision, so that the rule for POST decides about them."
                        + " Call it before TokenGuardFilter, or remove it");
    }

    private static void mapForEveryDispatch(FilterConfig config) throws ServletException {
        String name = config.getFilterName();
        FilterRegistration registration = config.getServletContext().getFilterRegistration(name);
        if (registration == null) {
            throw new ServletException("TokenGuardFilter cannot find its own mapping: the container"
                    + " has no filter named '" + name + "'. Register it with TokenGuardFilter.register, or pass"
                    + " the container's own FilterConfig to init");
        }
        try {
            extend(registration);
        } catch (IllegalStateException | UnsupportedOperationException fixed) {
            throw new ServletException(
                    "TokenGuardFilter '" + name
                            + "' cannot map itself for every kind of dispatch, because the container"
                            + " allows no more mappings. Register it with TokenGuardFilter.register, or declare it in"
                            + " web.xml for REQUEST, FORWARD, INCLUDE, ASYNC and ERROR",
                    fixed);
        }
    }

    private static void extend(FilterRegistration registration) {
        EnumSet<DispatcherType> all = EnumSet.allOf(DispatcherType.class);
        Collection<String> patterns = registration.getUrlPatternMappings();
        if (!patterns.isEmpty()) {
            registration.addMappingForUrlPatterns(all, false, patterns.toArray(String[]::new));
        }
        if (registration instanceof FilterRegistration.Dynamic dynamic) {
            dynamic.setAsyncSupported(true);
        }
    }
}
