package io.tokenguard.servlet;

import io.tokenguard.GuardProperties;
import io.tokenguard.TokenGuard;
import io.tokenguard.access.AccessToken;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Protects an application with a {@link TokenGuard}, by its routes. Answers refused requests with the guard's refusal.
 *
 * <p>Has to be called for every dispatch: register it first, on {@code /*}, for every dispatcher type, with async support.
 * {@link #register} does that; a declaration in {@code web.xml} has to state it. A forward, an include and an async dispatch
 * are decided by their target's path, or by the current path if they lead to a servlet by its name. A refused include adds
 * nothing to its page. Error pages are not checked.
 *
 * <p>The application finds the identity in the request's usual methods, and the token by {@link #accessToken} and in the
 * attribute that has the name of the class {@link AccessToken}. The filter does not read body, parameters, query, cookies and
 * trailers. Immutable after initialization.
 */
public final class TokenGuardFilter implements Filter {
    /** The attribute of the servlet context that contains the guard. */
    static final String GUARD = TokenGuard.class.getName();

    private static final String NAME = TokenGuardFilter.class.getSimpleName();
    private static final String NAME_WITH_HANDLERS = NAME + " with handlers";
    private static final String REMEDY =
            "Register it with TokenGuardFilter.register, or map it to /* in the container; do not build it twice.";

    private final boolean isGuardGiven;
    private final boolean isMappedForEveryDispatch;
    private @Nullable Gate gate;
    private @Nullable Runnable release;
    private @Nullable Runnable started;

    /**
     * For containers. Builds the guard from init-params, which are TokenGuard's properties, and closes it with the filter.
     */
    public TokenGuardFilter() {
        this.isGuardGiven = false;
        this.isMappedForEveryDispatch = false;
    }

    /**
     * Uses a guard of the application.
     *
     * @param guard created and closed by the application; decides by its own routes
     */
    public TokenGuardFilter(TokenGuard guard) {
        this(guard, false);
    }

    /**
     * Uses a guard of the application, and what the handlers of a web framework require: both must be met. A request that
     * neither a route nor a handler names is denied.
     *
     * @param guard created and closed by the application
     * @param handlers finds what a request's handler requires
     */
    public TokenGuardFilter(TokenGuard guard, HandlerRules handlers) {
        this.isGuardGiven = true;
        this.isMappedForEveryDispatch = false;
        this.gate = new Gate(guard, Optional.of(handlers));
        this.started = guard.expectAdapter(NAME_WITH_HANDLERS, REMEDY);
    }

    /** Uses a guard; the caller states whether the filter is mapped for every kind of dispatch. */
    TokenGuardFilter(TokenGuard guard, boolean isMappedForEveryDispatch) {
        this.isGuardGiven = true;
        this.isMappedForEveryDispatch = isMappedForEveryDispatch;
        this.gate = new Gate(guard, Optional.empty());
        this.started = guard.expectAdapter(NAME, REMEDY);
    }

    /**
     * Registers a filter completely: before all declared ones, for every path and every kind of dispatch, with async support.
     * Also registers a servlet for the API's metadata, if the API's own address is set, and one for the paths of the console
     * and of the health document, if they are on.
     *
     * @param context the application, during its initialization
     * @param guard created and closed by the application
     * @throws IllegalStateException if it is registered already
     */
    public static FilterRegistration.Dynamic register(ServletContext context, TokenGuard guard) {
        FilterRegistration.@Nullable Dynamic registration =
                context.addFilter(TokenGuardFilter.class.getName(), new TokenGuardFilter(guard, true));
        if (registration == null) {
            throw new IllegalStateException("TokenGuardFilter is registered already");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
        if (guard.resourceMetadata().isPresent()) {
            ResourceMetadataServlet.register(context, guard);
        }
        registerOwnPaths(context, ownPaths(guard));
        return registration;
    }

    /** Path patterns of what the filter serves itself. */
    private static List<String> ownPaths(TokenGuard guard) {
        return Stream.concat(
                        guard.consoleRoute().map(console -> console.pattern().replace("/api/**", "/*")).stream(),
                        guard.healthPath().map(health -> health + "/*").stream())
                .toList();
    }

    private static void registerOwnPaths(ServletContext context, List<String> patterns) {
        ServletRegistration.@Nullable Dynamic registration =
                patterns.isEmpty() ? null : context.addServlet(UnservedPath.class.getName(), new UnservedPath());
        if (registration != null) {
            registration.addMapping(patterns.toArray(String[]::new));
        }
    }

    /**
     * The token of a request that this filter let through; empty on a public route.
     *
     * @param request the request as the application has it, wrapped or not
     */
    public static Optional<AccessToken> accessToken(ServletRequest request) {
        return Passage.of(request).flatMap(Passage::identity);
    }

    /**
     * Ends an async response, such as server-sent events, when the token of its request is no longer accepted, as {@link
     * TokenGuard#watch} does: completes it. A browser's {@code EventSource} then connects again, and is decided anew. Call it in
     * the servlet, right after {@code startAsync}. Threads of the application that write must expect an exception once the
     * response has ended. Not for downloads: one that is cut off here looks complete.
     *
     * @param async of a request that this filter let through
     * @return whether the response may begin; false if its token is no longer accepted: it has been completed then. True on a
     *     public route, where there is no token to watch
     */
    public static boolean endWithToken(AsyncContext async) {
        return WatchedResponse.watch(async);
    }

    /**
     * Builds the guard, if none was given, and maps the filter for every kind of dispatch to the same paths.
     *
     * @throws ServletException if {@code web.xml} declares the filter without async support or for some dispatches only; if
     *     an init-param is not known, or would have no effect because a guard was given; if the container does not let the
     *     filter map itself for every kind of dispatch; if it is mapped to servlet names only; if Jetty answers WebSocket
     *     upgrades before any filter runs
     * @throws io.tokenguard.access.ConfigurationException if a setting is missing or wrong; if the console is configured, and
     *     not on the class path
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        Map<String, String> settings = InitParameters.read(config);
        boolean isDeclared = !isGuardGiven
                && DeploymentDescriptor.requireComplete(config.getServletContext(), config.getFilterName());
        if (isGuardGiven && !settings.isEmpty()) {
            throw new ServletException("The filter has a guard already; it would ignore the init-params "
                    + settings.keySet() + ". Remove them");
        }
        release = FilterPlacement.secure(config, isDeclared || isMappedForEveryDispatch);
        if (!isGuardGiven) {
            TokenGuard built = GuardProperties.load(settings).toBuilder().build();
            gate = new Gate(built, Optional.empty());
            started = built.expectAdapter(NAME, REMEDY);
            config.getServletContext().setAttribute(GUARD, built);
        }
        if (gate != null) {
            gate = gate.servingConsole();
        }
        if (started != null) {
            started.run();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (gate == null || (release == null && isCalledUnseen(request))) {
            throw new ServletException("TokenGuardFilter has not been initialised: a filter that calls it has to pass"
                    + " init on, such as DelegatingFilterProxy with targetFilterLifecycle=true; or register it with"
                    + " TokenGuardFilter.register");
        }
        if (request instanceof HttpServletRequest http && response instanceof HttpServletResponse answer) {
            gate.handle(http, answer, chain);
        } else {
            throw new ServletException("TokenGuardFilter guards HTTP only");
        }
    }

    /** Whether another filter calls this one, which then can't ensure that it is called for every dispatch. */
    private boolean isCalledUnseen(ServletRequest request) {
        return !isMappedForEveryDispatch && FilterPlacement.isInContainer(request.getServletContext());
    }

    /** Closes the guard, unless it was given. */
    @Override
    public void destroy() {
        if (release != null) {
            release.run();
        }
        if (!isGuardGiven && gate != null) {
            gate.guard().close();
        }
    }
}
