package io.tokenguard.servlet;

import io.tokenguard.access.AccessToken;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** What a servlet of a test does. */
@FunctionalInterface
interface Page {
    void serve(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

    /** Writes who the request says is there, by all ways of asking. */
    static void identity(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(describe(request));
    }

    static String describe(HttpServletRequest request) {
        String principal = request.getUserPrincipal() == null
                ? "nobody"
                : request.getUserPrincipal().getName();
        return "principal=" + principal + " user=" + request.getRemoteUser() + " auth=" + request.getAuthType()
                + " accessor=" + accessor(request) + " attribute=" + attribute(request);
    }

    /** What {@link #describe} says of a token of this subject. */
    static String known(String subject) {
        return "principal=" + subject + " user=" + subject + " auth=Bearer accessor=" + subject + " attribute="
                + subject;
    }

    /** What {@link #describe} says where there is no identity. */
    static String unknown() {
        return "principal=nobody user=null auth=null accessor=none attribute=none";
    }

    private static String accessor(ServletRequest request) {
        return TokenGuardFilter.accessToken(request)
                .flatMap(AccessToken::subject)
                .orElse("none");
    }

    private static String attribute(ServletRequest request) {
        return request.getAttribute("io.tokenguard.access.AccessToken") instanceof AccessToken token
                ? token.subject().orElse("")
                : "none";
    }
}
