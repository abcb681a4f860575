package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Recognizes error pages, which need no token. A forward from an error page is not one, although Tomcat still calls it an
 * error dispatch: its path differs.
 */
final class ErrorPage {
    private static final String ATTRIBUTE = ErrorPage.class.getName();

    private ErrorPage() {}

    /** Runs the error page. */
    @FunctionalInterface
    interface Page {
        void run() throws IOException, ServletException;
    }

    /** The target of a dispatch: a forward if an error page made it. */
    static Target target(HttpServletRequest request) {
        Target target = Target.of(request);
        boolean isOfPage = target.type() == DispatcherType.ERROR
                && request.getAttribute(ATTRIBUTE) instanceof GrantedDispatch page
                && page.isRunning()
                && !page.covers(target);
        return isOfPage ? new Target(DispatcherType.FORWARD, target.method(), target.path()) : target;
    }

    static void run(Target target, HttpServletRequest request, Page page) throws IOException, ServletException {
        GrantedDispatch dispatch = new GrantedDispatch(target);
        request.setAttribute(ATTRIBUTE, dispatch);
        try {
            page.run();
        } finally {
            dispatch.end();
        }
    }
}
