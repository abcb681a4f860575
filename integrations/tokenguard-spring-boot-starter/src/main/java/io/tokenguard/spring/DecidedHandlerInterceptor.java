package io.tokenguard.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a request whose handler requires something else than what the filter has decided by. Says so once for each handler.
 * Thread-safe.
 */
final class DecidedHandlerInterceptor implements HandlerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(DecidedHandlerInterceptor.class);

    private final SpringHandlerRules rules;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    DecidedHandlerInterceptor(SpringHandlerRules rules) {
        this.rules = rules;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (rules.isAsDecided(request, handler)) {
            return true;
        }
        String name = handler instanceof HandlerMethod method
                ? method.getShortLogMessage()
                : handler.getClass().getName();
        if (reported.add(name)) {
            LOG.error(
                    "Refused with 403: the handler {} requires something else than what the filter has decided by. A filter"
                            + " behind it has changed the method, path or parameters of the request, or the servlet has another name"
                            + " than dispatcherServlet. Set tokenguard.spring.filter-order so that TokenGuard comes after that"
                            + " filter (-9800 to come after Spring's form filter). Reported once for each handler",
                    name);
        }
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        return false;
    }
}
