package io.tokenguard.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** Runs a page, and says so before it does. */
final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final transient Page page;
    private final transient List<String> reached;

    PageServlet(String name, Page page, List<String> reached) {
        this.name = name;
        this.page = page;
        this.reached = reached;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        reached.add(name);
        page.serve(request, response);
    }
}
