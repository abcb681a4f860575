package io.tokenguard.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/**
 * Error pages, which need no token. What a page forwards to is no error page, though Tomcat goes on to call that an error
 * dispatch: its path shows it.
 */
final class ErrorPage {
    private static final String ATTRIBUTE = ErrorPage.class.getName();

    private ErrorPage() {}

    /** A page that is about to run. */
    @FunctionalInterface
    interface Page {
        void run() throws IOException, ServletException;
    }

    /** What a dispatch leads to: a forward if an error page made it. */
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
